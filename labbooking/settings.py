"""Settings of Daig. Every value comes from the environment; README.md lists them.

Without `DATABASE_URL` and `REDIS_URL` the embedded lab is used: SQLite, a broker made of files
and mails as files, all under `LAB_DATA`.
"""

import os
from pathlib import Path

import environ
from csp.constants import SELF
from django.utils.translation import gettext_lazy as _

from labbooking.environment import (
    OTHERS,
    address,
    broker_of_files,
    count,
    embedded_secret,
    flag,
    in_public,
    positive_rate,
    secret_key,
    stop,
    time_zone,
)
from labbooking.wire.brief_log import lines
from residents.signin.settings import *  # noqa: F403 - a part of this file, kept where it belongs

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = flag("DEBUG", default=False)
LAB_DATA = Path(env.str("LAB_DATA", default=str(ROOT / "var"))).resolve()
DATABASE_URL = address("DATABASE_URL", {"postgres", "postgresql", "sqlite"})
EMBEDDED = not DATABASE_URL
DEMO = flag("DEMO", default=EMBEDDED)
PUBLIC_URL = address("PUBLIC_URL", {"http", "https"}, default="http://127.0.0.1:8000").rstrip("/")
SECURE = PUBLIC_URL.startswith("https://")
# In a demo lab everybody goes in and out with the one password that is told to all.
SECOND_FACTOR_WANTED = not DEMO
DEMO_IN_PUBLIC = in_public("DEMO", on=DEMO, https=SECURE, why="everybody knows its password")
DEBUG_IN_PUBLIC = in_public("DEBUG", on=DEBUG, https=SECURE, why="its error pages show secrets")
if EMBEDDED:
    os.umask(OTHERS)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if EMBEDDED else []
)
if not EMBEDDED and not ALLOWED_HOSTS:
    stop("ALLOWED_HOSTS is missing: name the hosts this lab answers to, separated by commas.")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "labbooking.site.page_too_old.page_too_old"
SECRET_KEY_IS_EMBEDDED = EMBEDDED and not env.str("SECRET_KEY", default="")
SECRET_KEY = secret_key(
    env.str("SECRET_KEY", default="") or (embedded_secret(LAB_DATA) if EMBEDDED else "")
)
# Keys from before: what was sealed with them still opens.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

INSTALLED_APPS = [
    "residents",
    "residents.signin",
    "equipment",
    "labbooking.journal",
    "labbooking.operations",
    "labbooking.inductions",
    "labbooking.bookings",
    "labbooking.residencies",
    "labbooking.house",
    "labbooking.notifications",
    "labbooking.research",
    "labbooking.desk",
    "labbooking.demo",
    # Ours come first: schedule ships a root base.html of its own.
    "schedule",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    *(["allauth.socialaccount.providers.openid_connect"] if OIDC_ISSUER else []),  # noqa: F405
    "django_htmx",
    "csp",
    "django.forms",
    "labbooking.site.apps.HouseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "labbooking.site.private_pages.PrivatePagesMiddleware",
    "labbooking.wire.compressed.CompressedPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "labbooking.wire.problems.ProblemsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "residents.middleware.PersonalSettingsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "residents.signin.devices.middleware.DevicesMiddleware",
    "residents.signin.factors.middleware.SecondFactorMiddleware",
    "residents.signin.later.ComeBackLaterMiddleware",
    "labbooking.wire.page_limit.PageLimitMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "labbooking.site.method_not_allowed.MethodNotAllowedMiddleware",
    "labbooking.site.bodies.BodiesMiddleware",
]

ROOT_URLCONF = "labbooking.urls"
WSGI_APPLICATION = "labbooking.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "labbooking.site.navigation.navigation",
            ],
        },
    },
]
# A cookie would show what a page has just said to whoever reads the browser's store.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASE_PREPARE = flag("DATABASE_PREPARE", default=True)
DATABASES = {"default": env.db_url_config(DATABASE_URL or f"sqlite:///{LAB_DATA / 'daig.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "PRAGMA cache_size=-16000",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["ENGINE"] = "labbooking.operations.postgresql"
    # Planned once, then only bound: where a pooler gives each transaction another session, what was
    # prepared in one is not known in the next.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        server_side_binding=True,
        prepare_threshold=2 if DATABASE_PREPARE else None,
        # Whoever cannot be reached is given up after seconds, not minutes.
        connect_timeout=2,
        tcp_user_timeout=5000,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=2,
    )
    if flag("DATABASE_POOL", default=False):
        # By default it pauses longer and longer, and would so miss that the database is back.
        _pool = {"min_size": 1, "max_size": 8, "timeout": 1, "reconnect_timeout": 3}
        DATABASES["default"]["OPTIONS"]["pool"] = _pool
        DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = address("REDIS_URL", {"redis", "rediss", "unix"})
CACHES = {
    "default": {
        "BACKEND": "labbooking.wire.shared_cache.SharedCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "daig",
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost//"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for as long as it takes
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "labbooking.operations.clockwork:HouseScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(LAB_DATA / "beat-schedule")
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # A Redis that hangs is let go of, so that the worker and beat come back with it.
    {"socket_timeout": 10, "socket_connect_timeout": 2}
    if REDIS_URL
    else broker_of_files(LAB_DATA / "broker")
)

EMAIL_FILE_PATH = str(LAB_DATA / "mail")
EMAIL_URL = address("EMAIL_URL", {"smtp", "smtps", "smtp+tls", "smtp+ssl"})
if EMAIL_URL:
    vars().update(
        env.email_url_config(EMAIL_URL), EMAIL_BACKEND="labbooking.wire.smtp.EmailBackend"
    )
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="Daig <lab@daig.example>")

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_TZ = True
TIME_ZONE = CELERY_TIMEZONE = time_zone(env.str("TIME_ZONE", default="Europe/Berlin"))
FORMAT_MODULE_PATH = ["labbooking.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = LAB_DATA / "static" if EMBEDDED else ROOT / "staticfiles"
STATICFILES_DIRS = [ROOT / "labbooking" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "labbooking.site.faces.FacesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "labbooking.site.sheets.TogetherStorage"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(LAB_DATA / "media")))
FILE_UPLOAD_PERMISSIONS = 0o600 if EMBEDDED else 0o644

BACKUP_PASSPHRASE = env.str("BACKUP_PASSPHRASE", default="")
BACKUP_PASSPHRASE_FILE = env.str("BACKUP_PASSPHRASE_FILE", default="")
BACKUP_FOLDER = Path(_kept) if (_kept := env.str("BACKUP_FOLDER", default="")) else None
BACKUP_DAYS = count("BACKUP_DAYS", default=14) or stop("BACKUP_DAYS=0 would keep no backup.")
if BACKUP_FOLDER and not (BACKUP_PASSPHRASE or BACKUP_PASSPHRASE_FILE):
    stop(
        "BACKUP_FOLDER needs BACKUP_PASSPHRASE or BACKUP_PASSPHRASE_FILE to seal the backups with."
    )

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
if SECURE:
    # Browsers take a cookie of such a name over https from this very host alone.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE and flag("SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF, *([OIDC_ORIGIN] if OIDC_ISSUER else [])],  # noqa: F405
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

API_RATE = positive_rate("API_RATE", default="300/s" if DEMO else "30/s")
PAGE_RATE = positive_rate("PAGE_RATE", default="300/s" if DEMO else "30/s")

LOGGING = lines(env.str("LOG_LEVEL", default="WARNING"))
