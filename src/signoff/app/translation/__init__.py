"""Everything Signoff says, in French as well as in English."""

from signoff.app.translation.message import (
    is_foreign,
    translate,
    translate_error,
    translate_fault,
)
from signoff.app.translation.word import translate_word

__all__ = ["is_foreign", "translate", "translate_error", "translate_fault", "translate_word"]
