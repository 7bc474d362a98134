"""What browsers are told to refuse, how long sessions last, how passwords and guesses are held."""

from datetime import timedelta
from typing import Any

from csp.constants import NONE, SELF

__all__ = ["SECURITY_SETTINGS", "secure_settings"]

TWO_WEEKS_SECONDS = 14 * 24 * 3600
YEAR_SECONDS = 365 * 24 * 3600

SECURITY_SETTINGS: dict[str, Any] = {
    "AUTH_USER_MODEL": "people.Member",
    "AUTHENTICATION_BACKENDS": [
        "axes.backends.AxesStandaloneBackend",
        "allauth.account.auth_backends.AuthenticationBackend",
    ],
    "AUTH_PASSWORD_VALIDATORS": [
        {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
        for name, options in (
            ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
            ("MinimumLengthValidator", {"min_length": 12}),
            ("CommonPasswordValidator", {}),
            ("NumericPasswordValidator", {}),
        )
    ],
    "PASSWORD_HASHERS": [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ],
    "LOGIN_URL": "/sign-in",
    "LOGIN_REDIRECT_URL": "/",
    "LOGOUT_REDIRECT_URL": "/sign-in",
    "CONTENT_SECURITY_POLICY": {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    },
    "SESSION_ENGINE": "django.contrib.sessions.backends.db",
    "SESSION_COOKIE_NAME": "signoff_session",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_AGE": TWO_WEEKS_SECONDS,
    "CSRF_COOKIE_NAME": "signoff_csrf",
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SAMESITE": "Lax",
    "CSRF_USE_SESSIONS": False,
    "CSRF_FAILURE_VIEW": "signoff.app.web.failures.forged",
    "X_FRAME_OPTIONS": "DENY",
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "SECURE_REFERRER_POLICY": "same-origin",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
    "AXES_FAILURE_LIMIT": 5,
    "AXES_COOLOFF_TIME": timedelta(minutes=15),
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_HTTP_RESPONSE_CODE": 429,
    "AXES_ENABLE_ADMIN": False,
    "AXES_VERBOSE": False,
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 5000,
}


def secure_settings(*, is_secure: bool) -> dict[str, Any]:
    """Give the settings that hold where people come over https, through a proxy that ends it.

    Args:
        is_secure: Whether they do.

    >>> secure_settings(is_secure=False)["SESSION_COOKIE_SECURE"]
    False
    """
    shared = {"SESSION_COOKIE_SECURE": is_secure, "CSRF_COOKIE_SECURE": is_secure}
    if not is_secure:
        return shared
    return shared | {
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "SECURE_SSL_REDIRECT": True,
        "SECURE_REDIRECT_EXEMPT": [r"^health$"],
        "SECURE_HSTS_SECONDS": YEAR_SECONDS,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
    }
