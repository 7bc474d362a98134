"""What the server writes about itself: on standard error, without secrets and without persons."""

import logging
import re
from typing import Any

__all__ = ["LOGGING", "DiscreetFormatter", "redact"]

# the tokens in addresses of links, and addresses of mail
TOKEN = re.compile(r"/(welcome|join|new-password|s)/[^/\s?\"'\\]+")
MAIL = re.compile(r"[\w.+%-]+@[\w-]+\.[\w.-]+")


def redact(text: str) -> str:
    """Take tokens of links and addresses of mail out of a text.

    >>> redact("Not Found: /join/abc123 for ann@acme.example")
    'Not Found: /join/[token] for [address]'
    """
    return MAIL.sub("[address]", TOKEN.sub(r"/\1/[token]", text))


class DiscreetFormatter(logging.Formatter):
    """Writes a record with its trace, and keeps to itself what is nobody's business."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record."""
        return redact(super().format(record))


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {
            "()": "signoff.app.web.logs.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # by default these go to the screen of a developer, and by mail
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
