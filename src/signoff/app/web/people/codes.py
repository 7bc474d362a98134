"""Codes of the second factor: from an app by the clock, or from the list for emergencies."""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.app.web.people.models import Member

__all__ = ["CodeForm", "has_second_factor"]


def has_second_factor(member: Member) -> bool:
    """Say whether a member signs in with a second factor."""
    found = Authenticator.objects.filter(user_id=member.pk, type=Authenticator.Type.TOTP)
    return bool(found.exists())


def take_code(member: Member, code: str) -> bool:
    """Take a code of a member's app or list, once.

    The member's rows are held meanwhile, so that the same code sent twice at the same time is
    taken once.

    Args:
        member: Whose.
        code: As typed; spaces do not matter.

    Returns:
        Whether it is right and was not used before.
    """
    with transaction.atomic():
        factors = Authenticator.objects.select_for_update().filter(user_id=member.pk)
        for factor in list(factors.exclude(type=Authenticator.Type.WEBAUTHN)):
            if factor.wrap().validate_code(code):
                factor.record_usage()
                return True
    return False


class CodeForm(forms.Form):
    """One code."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=32,
        help_text=gettext_lazy(
            "The six digits that your app shows now, or one of your recovery codes."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )

    def __init__(self, *args: Any, member: Member, **names: Any) -> None:
        super().__init__(*args, **names)
        self.member = member

    def clean_code(self) -> str:
        """Take the code."""
        code = "".join(self.cleaned_data["code"].split())
        if not take_code(self.member, code):
            raise ValidationError(
                _("This code is not right, or it was used already. Wait for the next one.")
            )
        return code
