"""What the templates of forms may call: faults in words, and what ties a box to them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from signoff.app.translation import translate_word
from signoff.app.web.forms.boxes import Box, Told

__all__ = ["register"]

register = template.Library()


@register.simple_tag
def fault(told: Told) -> str:
    """Give a fault in words: what, why and what to do."""
    words = [_sentence(told.fault.what), _sentence(told.fault.why), _sentence(told.fault.fix)]
    if told.item:
        words.insert(0, _("Line %(number)s:") % {"number": told.item})
    return format_html("{}", " ".join(word for word in words if word))


@register.simple_tag
def word(name: str, family: str) -> str:
    """Give a word of a closed vocabulary in the reader's language, with its number if it has one.

    Args:
        name: The word: "headline", or "headline 2".
        family: Its vocabulary among the translations.
    """
    bare, _gap, number = name.rpartition(" ") if name[-1:].isdigit() else (name, "", "")
    said = translate_word(bare or name, family=family, language=get_language() or "en")
    return f"{said}\u00a0{number}" if number else said


@register.simple_tag
def describe(box: Box) -> SafeString:
    """Give the attributes that tie a box to its help and its faults, and the reader to it."""
    told = []
    if box.described_by:
        told.append(format_html(' aria-describedby="{}"', box.described_by))
    if box.faults:
        told.append(mark_safe(' aria-invalid="true"'))
    if box.shape.is_required:
        told.append(mark_safe(' aria-required="true"'))
    if box.shape.limits.longest:
        told.append(format_html(' maxlength="{}"', box.shape.limits.longest))
    if box.is_first:
        told.append(mark_safe(" autofocus"))
    return mark_safe("".join(told))  # noqa: S308 - made of parts that are escaped above


def _sentence(text: str) -> str:
    """Make a clause a sentence."""
    if not text:
        return ""
    end = "" if text.endswith((".", "!", "?", "…")) else "."
    return text[0].upper() + text[1:] + end
