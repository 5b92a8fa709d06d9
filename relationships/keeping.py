"""How long this floor keeps what people write: the duties of `manage.py retention`."""

from relationships.models import ErrorReport
from sistercities import retention

retention.duty("reports of visitors", ErrorReport.purge)
