"""How long the records of merges are kept: the duty of `manage.py retention`."""

from sistercities import retention
from sistercities.models import Merge

retention.duty("merges", Merge.purge)
