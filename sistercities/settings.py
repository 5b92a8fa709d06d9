"""Every setting of the registry; each knob is an environment variable (README, "Settings").

Safe when nothing is set: without SECRET_KEY the site refuses to start unless DEBUG is on, DEBUG is
off, cookies travel over HTTPS only, and nobody is answered under a foreign host name.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=not DEBUG)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Give it a long random text, for example the output of: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'. "
            "On your own machine, `make run` does this for you."
        )
    SECRET_KEY = "only-for-debugging-" + "on-your-own-machine-" * 3
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEBUG else [])
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{env.int('PORT', default=8000)}")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "modeltranslation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "sistercities",
    "committees",
    "relationships",
    "sistercities.adminsite.OfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "simple_history",
    "crispy_forms",
    "csp",
]

MIDDLEWARE = [
    "sistercities.caching.PublicPages",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "sistercities.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sistercities.accounts.middleware.SessionAges",
    "sistercities.editing.interrupted.KeepsWhatWasTyped",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sistercities.history.RequestIds",
    "simple_history.middleware.HistoryRequestMiddleware",
    "sistercities.accounts.middleware.SecondFactorForStaff",
]

ROOT_URLCONF = "sistercities.urls"
WSGI_APPLICATION = "sistercities.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sistercities.context.page",
            ],
        },
    }
]

# SQLite as measured for a web site with several writers: take the write lock at BEGIN, wait for it,
# and lose nothing at a power failure (docs/decisions/0001-sqlite-settings.md).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;"
    ),
}
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Shared by all processes: tries are counted, codes work once (sistercities/models/cache.py). No
# cache that unpickles what it finds (docs/decisions/0010-json-cache.md).
CACHES = {
    "default": env.cache_url("CACHE_URL", default="dbcache://sistercities_cacheentry"),
}
match CACHES["default"]["BACKEND"]:
    case "django.core.cache.backends.db.DatabaseCache":
        CACHES["default"]["BACKEND"] = "sistercities.jsoncache.DatabaseCache"
    case "django.core.cache.backends.redis.RedisCache":
        CACHES["default"].setdefault("OPTIONS", {})["serializer"] = (
            "sistercities.jsoncache.Serializer"
        )
    case "django.core.cache.backends.locmem.LocMemCache":
        pass
    case backend:
        raise ImproperlyConfigured(
            f"CACHE_URL names {backend}, which would unpickle whatever it finds. Leave it unset, "
            "or name a Redis server (rediscache://host:6379/0)."
        )
PUBLIC_PAGES_KEPT = env.int("PUBLIC_PAGES_KEPT", default=400)

AUTH_USER_MODEL = "sistercities.User"
AUTHENTICATION_BACKENDS = ["sistercities.accounts.finding.ByEmail"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "sistercities.accounts.passwords.MaximumLength"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "committees.passwords.OwnNames"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:mine"
LOGOUT_REDIRECT_URL = "public:home"

# Accounts: by e-mail, by invitation only (sistercities/accounts/README.md).
ACCOUNT_ADAPTER = "sistercities.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "sistercities.accounts.forms.Login",
    "request_login_code": "sistercities.accounts.forms.AskForCode",
    "confirm_login_code": "sistercities.accounts.forms.LoginCode",
    "reset_password": "sistercities.accounts.forms.AskForReset",
    "confirm_password_reset_code": "sistercities.accounts.forms.ResetCode",
    "reset_password_from_key": "sistercities.accounts.forms.NewPassword",
    "set_password": "sistercities.accounts.forms.FirstPassword",
    "change_password": "sistercities.accounts.forms.OtherPassword",
    "change_email": "sistercities.accounts.forms.OtherEmail",
    "add_email": "sistercities.accounts.forms.MoreEmail",
    "confirm_email_verification_code": "sistercities.accounts.forms.EmailCode",
    "reauthenticate": "sistercities.accounts.forms.PasswordAgain",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Failed logins are counted per account and network address: nobody can lock an owner out from
# elsewhere (AccountAdapter). The forms that send mail and second steps count by themselves.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "50/h/ip,5/15m/key",
    "request_login_code": "40/h/ip",
    "reset_password": "40/h/ip",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/h/user",
    "confirm_email": "1/10s/key",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SESSION_COOKIE_AGE = SESSION_COOKIE_AGE = 60 * 24 * 60 * 60
MFA_ADAPTER = "sistercities.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "sistercities.accounts.forms.SecondStep",
    "reauthenticate": "sistercities.accounts.forms.SecondStepAgain",
    "authenticate_webauthn": "sistercities.accounts.forms.Passkey",
    "reauthenticate_webauthn": "sistercities.accounts.forms.PasskeyAgain",
    "activate_totp": "sistercities.accounts.forms.NewApp",
    "add_webauthn": "sistercities.accounts.forms.NewPasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODE_DIGITS = 12  # so many that nobody guesses one (accounts/second_step.py)
MFA_TOTP_ISSUER = "Sister Cities Registry"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
ADMIN_PATH = env.str("ADMIN_PATH", default="admin/")

SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
MODELTRANSLATION_DEFAULT_LANGUAGE = "es"
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("es", "en")}
TIME_ZONE = "America/Mexico_City"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CRISPY_TEMPLATE_PACK = "registry"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["registry"]

# Everything from here, nothing from elsewhere, nothing inside the page (SECURITY.md, "Headers").
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_FAILURE_VIEW = "sistercities.views.forbidden"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_ENGINE = "sistercities.accounts.sessions"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = [
    "sistercities.editing.capping.CappedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Mail waits in the outbox; `manage.py send_queued_mail` hands it to this server.
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
if EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":  # noqa: F821
    EMAIL_BACKEND = "sistercities.smtp.Backend"
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", default="registry@localhost")
# A registry to try out: everyone may read the outbox at /en/mail/. Never on a public server.
DEMO = env.bool("DEMO", default=DEBUG)

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = False
SIMPLE_HISTORY_REVERT_DISABLED = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    # Gunicorn remarks on every HEAD that Django leaves its body to the server to drop.
    # Exports of personal data are told of whatever the level (sistercities/exports.py).
    "loggers": {
        "gunicorn.http.wsgi": {"level": "ERROR"},
        "sistercities.exports": {"level": "INFO"},
    },
}
