"""Which applications are installed, the request chain, templates and static files."""

from __future__ import annotations

from pathlib import Path

from yinuo.config.settings.environment import flag, var_folder

PACKAGE = Path(__file__).resolve().parents[2]
ASSETS = PACKAGE / "surfaces" / "assets" / "dist"
# The plan files shipped with the product: the demo company publishes them.
PLANS_FOLDER = PACKAGE.parents[1] / "plans"
# The checklists shipped with the product, to begin with.
CHECKLISTS_FOLDER = PACKAGE.parents[1] / "checklists"
# The price lists shipped with the product; the demo company publishes one of them.
PRICES_FOLDER = PACKAGE.parents[1] / "prices"

DEBUG = flag("YINUO_DEBUG")
VAR_FOLDER = var_folder()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "csp",
    "yinuo.platform.database",
    "yinuo.platform.accounts",
    "yinuo.platform.journal",
    "yinuo.platform.sequences",
    "yinuo.platform.files",
    "yinuo.platform.filters",
    "yinuo.platform.links",
    "yinuo.domains.network",
    "yinuo.domains.document_templates",
    "yinuo.domains.notices",
    "yinuo.domains.customers",
    "yinuo.domains.assets",
    "yinuo.domains.contracts",
    "yinuo.domains.imports",
    "yinuo.domains.obligations",
    "yinuo.domains.breaches",
    "yinuo.domains.requests",
    "yinuo.domains.emergency",
    "yinuo.domains.fieldwork",
    "yinuo.domains.checklists",
    "yinuo.domains.parts",
    "yinuo.domains.repairs",
    "yinuo.domains.goods",
    "yinuo.domains.software",
    "yinuo.domains.relocations",
    "yinuo.domains.oncall",
    "yinuo.domains.dispatch",
    "yinuo.domains.routing",
    "yinuo.domains.billing",
    "yinuo.domains.campaigns",
    "yinuo.domains.feedback",
    "yinuo.domains.trainings",
    "yinuo.domains.prevention",
    "yinuo.domains.devices",
    "yinuo.domains.appraisal",
    "yinuo.surfaces.assets",
    "yinuo.surfaces.console",
    "yinuo.surfaces.portal",
    "yinuo.surfaces.public",
    "yinuo.surfaces.field",
    "yinuo.surfaces.cli",
]

MIDDLEWARE = [
    "yinuo.platform.web.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yinuo.platform.web.private.PrivateMiddleware",
    "csp.middleware.CSPMiddleware",
    "yinuo.platform.web.browser_only.SessionMiddleware",
    "yinuo.platform.web.browser_only.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "yinuo.platform.web.browser_only.CsrfViewMiddleware",
    "yinuo.platform.web.browser_only.AuthenticationMiddleware",
    "yinuo.platform.web.browser_only.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yinuo.platform.accounts.whose.AccountMarkMiddleware",
    "yinuo.platform.accounts.limits.SessionLimitMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "yinuo.config.urls"
WSGI_APPLICATION = "yinuo.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the applications, so that the console's pages replace allauth's.
        "DIRS": [PACKAGE / "surfaces" / "console" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "yinuo.surfaces.console.context.shell",
            ],
        },
    }
]

STATIC_URL = "/static/"
STATICFILES_DIRS = [ASSETS]
STATIC_ROOT = None
# Assets carry a content hash in their name (Vite), so they may be cached for ever.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 31_536_000
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
