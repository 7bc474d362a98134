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
            "object-src": [NONE],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    },
    "SESSION_ENGINE": "signoff.app.web.people.sessions",
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
    # guesses at sign-in: by user and address together, as hashes, so that others still get in
    "AXES_FAILURE_LIMIT": 5,
    "AXES_COOLOFF_TIME": timedelta(minutes=15),
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
    "AXES_USERNAME_CALLABLE": "signoff.app.web.people.guesses.name_attempt",
    "AXES_CLIENT_IP_CALLABLE": "signoff.app.web.visitor.counted_address",
    "AXES_LOCKOUT_CALLABLE": "signoff.app.web.people.guesses.show_held_up",
    "AXES_SENSITIVE_PARAMETERS": ["username", "ip_address", "csrfmiddlewaretoken", "next"],
    "AXES_DISABLE_ACCESS_LOG": True,
    "AXES_ENABLE_ADMIN": False,
    "AXES_VERBOSE": False,
    # accounts: by address; django-allauth checks passwords and codes, its own pages are not used
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_RATE_LIMITS": False,
    "MFA_ADAPTER": "signoff.app.web.people.factor_keys.FactorAdapter",
    "MFA_SUPPORTED_TYPES": ["recovery_codes", "totp"],
    "MFA_RECOVERY_CODE_DIGITS": 10,
    "MFA_TOTP_TOLERANCE": 1,  # clocks of telephones go wrong by half a minute
    # no mail ever leaves this machine
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
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
        # a name that browsers take from https and from this very host alone
        "SESSION_COOKIE_NAME": "__Host-signoff_session",
        "CSRF_COOKIE_NAME": "__Host-signoff_csrf",
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "SECURE_SSL_REDIRECT": True,
        "SECURE_REDIRECT_EXEMPT": [r"^health$"],
        "SECURE_HSTS_SECONDS": YEAR_SECONDS,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
    }
