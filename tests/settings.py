"""The registry's settings as the suite wants them: safe, quick, strict about repeated queries.

`DATABASE_URL` chooses the database server; whatever it names, the suite makes and drops a test
database of its own. Without it: SQLite in a file under /tmp. A file, not memory: live-server and
concurrency tests need connections that are really separate.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="registry-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

os.environ.update(
    SECRET_KEY="only-for-the-tests-" + "0123456789abcdef" * 4,
    DEBUG="false",
    HTTPS="false",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    SITE_URL="http://testserver",
    MEDIA_ROOT=str(SCRATCH / "media"),
    CACHE_URL="locmemcache://",
    EMAIL_URL="memorymail://",
)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{SCRATCH / 'unused.sqlite3'}")

from sistercities.settings import *  # noqa: E402, F403
from sistercities.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    options = DATABASES["default"]["OPTIONS"]
    quick = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    DATABASES["default"]["OPTIONS"] = options | {"init_command": quick}
    file = os.environ.get("TEST_DATABASE") or str(SCRATCH / "test.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": file}

# In memory, and as strict about what it keeps as the real one.
CACHES = {"default": {"BACKEND": "tests.caches.StrictMemoryCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A page that asks the same question once per row fails its test.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = [
    "tests.mailguard.DuringRequests",
    "zeal.middleware.zeal_middleware",
    *MIDDLEWARE,
]
# Tests of the admin log in by `force_login`; tests/sistercities/accounts puts this one back.
MIDDLEWARE.remove("sistercities.accounts.middleware.SecondFactorForStaff")
ZEAL_RAISE = True
# Who is logged in and whom a page is about are two questions, not one asked twice; so are the two
# cities that a form names. allauth asks for the address and the session at each of its steps.
ZEAL_ALLOWLIST = [
    {"model": "account.EmailAddress", "field": "get()"},
    {"model": "sessions.Session", "field": "get()"},
    {"model": "sistercities.User", "field": "get()"},
    {"model": "committees.City", "field": "get()"},
]

# Files are served as they lie in static/: nothing to collect before a test.
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir()
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
