"""Sign-in, cookies, transport and content policy (R11, R12, R14, R21)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from yinuo.config.settings.environment import flag, text, var_folder, words
from yinuo.config.settings.map import MAP_SERVERS


def _secret_key() -> str:
    """The signing key: `YINUO_SECRET_KEY`, else made once and kept private in the var folder."""
    if key := text("YINUO_SECRET_KEY"):
        return key
    file: Path = var_folder() / "secret_key"
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = file.open("x")
    except FileExistsError:
        return file.read_text().strip()
    with descriptor:
        file.chmod(0o600)
        key = secrets.token_urlsafe(48)
        descriptor.write(key)
    return key


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = words("YINUO_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("YINUO_ORIGINS")

# `__Host-` cookies need HTTPS or localhost, which is how the product is served.
SESSION_COOKIE_NAME = "__Host-yinuo_session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-yinuo_csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = True
CSRF_FAILURE_VIEW = "yinuo.surfaces.console.errors.csrf_failure"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000
X_FRAME_OPTIONS = "DENY"
# Set behind a proxy that terminates TLS and overwrites this header.
if flag("YINUO_BEHIND_TLS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *MAP_SERVERS],
        # What was spoken on a phone is heard there before it is sent.
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Sizes: one form or API body; attachments have their own path.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
# The first page of customers' contacts who sign in themselves.
VISITOR_HOME = "/my/"
# Pages for whoever holds a link; what stands behind this in an address is a secret.
LINKS_URL = "/l/"
# Where the first administrator is made; 404 as soon as anybody exists (R18).
SETUP_URL = "/setup/"
PASSWORD_HASHERS = ["yinuo.platform.accounts.hashing.Argon2idHasher"]
AUTHENTICATION_BACKENDS = ["yinuo.platform.accounts.backend.PasswordBackend"]
_OWN_RULES = "yinuo.platform.accounts.passwords"
_DJANGO_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_OWN_RULES}.LengthValidator", "OPTIONS": {"shortest": 12, "longest": 128}},
    {"NAME": f"{_DJANGO_RULES}.NumericPasswordValidator"},
    {"NAME": f"{_OWN_RULES}.CommonPasswordValidator"},
    {"NAME": f"{_OWN_RULES}.OwnNameValidator"},
    {
        "NAME": f"{_DJANGO_RULES}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email")},
    },
]

ACCOUNT_ADAPTER = "yinuo.platform.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "yinuo.platform.accounts.forms.SignInForm",
    "change_password": "yinuo.platform.accounts.forms.PasswordChangeForm",
}
# Counted by platform.accounts.throttle instead: this one lives in a cache that may forget (R12).
ACCOUNT_RATE_LIMITS = False
# The cookie outlives the browser window; SessionLimitMiddleware ends the session in time.
ACCOUNT_SESSION_REMEMBER = True
SESSION_IDLE_LIMIT = timedelta(hours=int(text("YINUO_SESSION_IDLE_HOURS", "12")))
SESSION_ABSOLUTE_LIMIT = timedelta(days=int(text("YINUO_SESSION_DAYS", "7")))
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE_LIMIT.total_seconds())

# In the session, not in a cookie of its own: every cookie is a `__Host-` one or holds a choice.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Addresses or networks whose X-Forwarded-For is believed; nobody's unless set.
TRUSTED_PROXIES: list[IPv4Network | IPv6Network] = [
    ip_network(word) for word in words("YINUO_TRUSTED_PROXIES")
]
