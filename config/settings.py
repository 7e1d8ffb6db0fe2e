"""Settings, all from the environment. README.md lists every variable read here.

Without any variable this is the embedded site: SQLite, files under ``var/``,
debugging off, a secret key made once and kept in ``var/secret_key``.
"""

import hashlib
import os
from base64 import b64encode
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
# A variable set to nothing, as files of containers and services leave them, is not set.
env.ENVIRON = {name: value for name, value in os.environ.items() if value}

# Where the database, uploads and the generated secret live.
VAR_DIR = Path(env.str("PASSIM_VAR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# A production site is one that is served over HTTPS under its own name.
PRODUCTION = env.bool("PASSIM_PRODUCTION", default=False)
DEBUG = env.bool("PASSIM_DEBUG", default=False)


def secret_key() -> str:
    """The key from the environment; outside production one is made and kept.

    Raises ImproperlyConfigured in production without PASSIM_SECRET_KEY: sessions
    signed with a key that sits beside the database are worth little.
    """
    given: str = env.str("PASSIM_SECRET_KEY", default="")
    if given:
        return given
    if PRODUCTION:
        raise ImproperlyConfigured(
            "PASSIM_PRODUCTION is set but PASSIM_SECRET_KEY is not. Make one with: "
            'python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        kept.write_text(get_random_secret_key())
        kept.chmod(0o600)
    return kept.read_text().strip()


SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.list(
    "PASSIM_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
CSRF_TRUSTED_ORIGINS = env.list(
    "PASSIM_TRUSTED_ORIGINS",
    default=[f"https://{host}" for host in ALLOWED_HOSTS if PRODUCTION and host != "*"],
)

INSTALLED_APPS = [
    "config.apps.PassimAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "markdownx",
    "publication",
    "sources",
    "blog",
]

MIDDLEWARE = [
    "publication.health.answer_first",
    "publication.middleware.let_go",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "publication.middleware.security_headers",
    "csp.middleware.CSPMiddleware",
    "publication.middleware.current_publication",
    "blog.kept.name_kind",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "publication.templating.Templates",
        "NAME": "django",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "publication.context.publication",
                "blog.context.navigation",
            ],
            "builtins": [
                f"blog.templatetags.{name}" for name in ("languages", "moments", "numbers")
            ],
        },
    }
]
# Lets our templates stand in for those of the admin and of markdownx.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# SQLite is the embedded default. WAL lets readers read while one writes;
# IMMEDIATE takes the write lock at the start of a transaction, so that two
# writers wait for each other instead of failing half-way (measured: 0 of 400
# transactions failed, against 155 with Django's defaults). Each thread has a
# connection: 1 MB of cache, 64 prepared statements (of twice as many a process
# takes 2 MB more, and no less time), no mapped file, and what is sorted may go to
# a file. With 20 MB, 128 MB mapped and sorting in memory a process grew to 385 MB
# in 90 seconds of mixed reading among 50,000 posts.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "cached_statements": 64,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-1000;"
    ),
}
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'passim.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    # PostgreSQL compiles what it thinks will take long, and takes a second for a query that takes
    # ten milliseconds: of queries that end early it expects the whole. Of rows that are read in
    # parts it expects a tenth to be wanted, and we read them all. A server that has gone without a
    # word is waited for 10 seconds (30 in the middle of a question), not the hours that TCP takes.
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c jit=off -c cursor_tuple_fraction=1",
        "connect_timeout": 10,
        "tcp_user_timeout": 30_000,
    } | DATABASES["default"].get("OPTIONS", {})
# Opening SQLite with its settings takes as long as a simple page.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Texts as they are shown, and pictures for social networks: up to 100 kB each.
        "OPTIONS": {"MAX_ENTRIES": 200},
    }
}
# Shared by all processes and machines, where there is a Redis or Valkey.
PASSIM_CACHE_URL = env.str("PASSIM_CACHE_URL", default="")
if PASSIM_CACHE_URL:
    CACHES["default"] = {
        "BACKEND": "publication.shared_cache.SharedCache",
        "LOCATION": PASSIM_CACHE_URL,
    }
# Whole pages (publication/pages/): megabytes of memory in each process, 0 for none. Not while
# templates and styles are being worked on: what they say is not part of the key.
PASSIM_PAGE_CACHE = env.int("PASSIM_PAGE_CACHE", default=4 if PRODUCTION else 0)
# A folder from which a server in front takes pages without asking (deploy/nginx.conf).
PASSIM_PAGES = env.str("PASSIM_PAGES", default="")
PASSIM_CDN_SECONDS = env.int("PASSIM_CDN_SECONDS", default=0)
PASSIM_CDN_STALE_SECONDS = env.int("PASSIM_CDN_STALE_SECONDS", default=0)
PASSIM_CDN_TAGS = env.str("PASSIM_CDN_TAGS", default="")

# What takes long (publication/tasks.py): "immediate" does it right after the commit, before
# the page answers; "worker" leaves it to `make worker`, which has to run then.
PASSIM_TASKS = env.str(
    "PASSIM_TASKS",
    default="worker" if PRODUCTION else "immediate",
    choices=("immediate", "worker"),
)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
CSRF_FAILURE_VIEW = "blog.desk.expired.csrf_failure"

LANGUAGE_CODE = "en-gb"
# Stored moments are UTC; readers and authors see the publication's own zone,
# which is a field of the publication (publication.models.Publication).
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
# What a browser may be asked to read at all; pictures are checked again, by
# their bytes, where they are received (blog/pictures.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# The one script that stands in the page itself: a file of its own would be a request before the
# first paint. It is known by its fingerprint; deploy/passim-page.conf says it for kept files.
first_script = (BASE_DIR / "templates/_theme.js").read_text(encoding="utf-8").encode()
FIRST_SCRIPT_HASH = f"'sha256-{b64encode(hashlib.sha256(first_script).digest()).decode()}'"

# Content-Security-Policy: nothing but our own files, on every page. The
# preview frame of the post screen alone widens frame-ancestors to 'self'.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, FIRST_SCRIPT_HASH],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("PASSIM_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("PASSIM_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("PASSIM_HSTS_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.bool("PASSIM_HSTS_PRELOAD", default=True)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# `make serve` (publication/serving.py).
PASSIM_HOST = env.str("PASSIM_HOST", default="127.0.0.1")
PASSIM_PORT = env.int("PASSIM_PORT", default=8000)
PASSIM_WORKERS = env.int("PASSIM_WORKERS", default=2)
PASSIM_THREADS = env.int("PASSIM_THREADS", default=2)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("PASSIM_LOG_LEVEL", default="WARNING")},
    "loggers": {"django.server": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
