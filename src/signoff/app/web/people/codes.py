"""Codes of the second factor: from an app by the clock, or from the list for emergencies."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.app.web.people.forms import OwnPasswordForm
from signoff.app.web.people.models import Member

__all__ = ["CodeForm", "SetUpForm", "has_second_factor", "take_code"]


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


def code_field(help_text: Any) -> forms.CharField:
    """Give a field for a code."""
    return forms.CharField(
        label=gettext_lazy("Code"),
        max_length=32,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class CodeForm(forms.Form):
    """A code at sign-in."""

    code = code_field(
        gettext_lazy("The six digits that your app shows now, or one of your recovery codes.")
    )

    def __init__(self, *args: Any, member: Member, **names: Any) -> None:
        super().__init__(*args, **names)
        self.member = member
        self.fields["code"].widget.attrs["autofocus"] = True

    def clean_code(self) -> str:
        """Take the code."""
        code = "".join(self.cleaned_data["code"].split())
        if not take_code(self.member, code):
            raise ValidationError(
                _("This code is not right, or it was used already. Wait for the next one.")
            )
        return code


class SetUpForm(OwnPasswordForm):
    """A new key, the first code that the app makes of it, and the member's password."""

    sealed = forms.CharField(widget=forms.HiddenInput)
    code = code_field(gettext_lazy("The six digits that your app shows for this workspace now."))

    def __init__(self, *args: Any, member: Member, key: str, **names: Any) -> None:
        super().__init__(*args, member=member, **names)
        self.key = key
        self.order_fields(["sealed", "code", "own_password"])

    def clean_code(self) -> str:
        """Check that the app has the key."""
        code = "".join(self.cleaned_data["code"].split())
        if not validate_totp_code(self.key, code):
            raise ValidationError(
                _("This is not the code of this key now. Does your device's clock go right?")
            )
        return code
