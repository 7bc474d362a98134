"""What is filled in to share a plan, and to see one."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.app.web.people.forms import password_field
from signoff.app.web.sharing.links import ShareOptions

__all__ = ["PasswordForm", "ShareForm"]

SHORTEST_PASSWORD = 8
DAYS = (
    (7, gettext_lazy("seven days")),
    (30, gettext_lazy("thirty days")),
    (90, gettext_lazy("ninety days")),
)


class ShareForm(forms.Form):
    """For whom a link is, how long it shows the plan, and what of it."""

    name = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=120,
        help_text=gettext_lazy("What this link is called in your list, as: board, agency."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("It shows the plan for"), choices=DAYS, coerce=int, initial=30
    )
    password = forms.CharField(
        label=gettext_lazy("Password, if you want one"),
        required=False,
        strip=False,
        min_length=SHORTEST_PASSWORD,
        max_length=200,
        help_text=gettext_lazy(
            "At least eight characters; give it by another way than the link. Only a hash is kept."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    shows_accounts = forms.BooleanField(
        label=gettext_lazy("Show the names of accounts"),
        required=False,
        help_text=gettext_lazy("Without it accounts are numbered. Persons are never shown."),
    )

    def options(self) -> ShareOptions:
        """Give how to share; call it when the form is valid."""
        data: dict[str, Any] = dict(self.cleaned_data)
        return ShareOptions(lifetime=timedelta(days=data.pop("days")), **data)


class PasswordForm(forms.Form):
    """The password of a link."""

    def __init__(self, *args: Any, **names: Any) -> None:
        super().__init__(*args, **names)
        self.fields["password"] = password_field(gettext_lazy("Password"), autocomplete="off")

    def say_wrong(self) -> None:
        """Say that the password is wrong."""
        self.add_error("password", _("This is not the password of this link."))
