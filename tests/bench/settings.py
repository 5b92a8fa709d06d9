"""The registry's own settings, with the two yardsticks mounted beside the site."""

import os
import tempfile
from pathlib import Path

from sistercities.settings import *  # noqa: F403
from sistercities.settings import STORAGES

ROOT_URLCONF = "tests.bench.urls"
ROOT = Path(tempfile.gettempdir()) / "registry-bench"
STATIC_ROOT = ROOT / "static"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
}
if os.environ.get("BENCH_BARE"):
    MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # allauth wants it to start
