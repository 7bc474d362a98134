"""What people fill in to join and to sign in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.functional import lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.app.web.people.guesses import count_failure
from signoff.app.web.people.models import FACTOR_RULES, ROLES, Member

__all__ = [
    "ChangePasswordForm",
    "FactorRuleForm",
    "ForgottenForm",
    "InvitationForm",
    "JoinForm",
    "NameForm",
    "NewPasswordForm",
    "OwnPasswordForm",
    "RoleForm",
    "SignInForm",
    "new_password_field",
    "password_field",
]

LONGEST_PASSWORD = 1024  # hashing a longer one would only cost time


def password_field(label: Any, *, autocomplete: str = "current-password") -> forms.CharField:
    """Give a field for a password that is there already."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def new_password_field() -> forms.CharField:
    """Give a field for a new password, with its rules above it."""
    field = password_field(gettext_lazy("New password"), autocomplete="new-password")
    field.help_text = lazystr(_Rules())
    return field


class _Rules:
    """The rules of passwords, in the reader's language when the page is written."""

    def __str__(self) -> str:
        """Give them in one paragraph."""
        return " ".join(password_validators_help_texts())


class SignInForm(AuthenticationForm):
    """Address and password."""

    error_messages = {  # noqa: RUF012 - Django's forms are written so
        "invalid_login": gettext_lazy(
            "No member has this address and this password. Check both; capitals count in the "
            "password."
        ),
        "inactive": gettext_lazy("No member has this address and this password."),
    }

    def __init__(self, *args: Any, **names: Any) -> None:
        super().__init__(*args, **names)
        self.fields["username"] = forms.CharField(
            label=gettext_lazy("E-mail address"),
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        )
        self.fields["password"] = password_field(gettext_lazy("Password"))

    def clean_username(self) -> str:
        """Read the address in one spelling."""
        return str(self.cleaned_data["username"]).strip().lower()


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    def __init__(self, *args: Any, member: Member | None = None, **names: Any) -> None:
        super().__init__(*args, **names)
        self.member: Member = member or Member()
        self.fields["password"] = new_password_field()
        self.fields["again"] = password_field(
            gettext_lazy("The same password again"), autocomplete="new-password"
        )

    def clean(self) -> dict[str, Any]:
        """Hold the password to the rules, and to its repetition."""
        cleaned = super().clean() or self.cleaned_data
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords are not the same."))
        if password:
            try:
                validate_password(password, user=self.whose())
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def whose(self) -> Member:
        """Give whose password it will be: it must not be like their name or address."""
        return self.member


class OwnPasswordForm(forms.Form):
    """The member's present password, asked before what only they may do."""

    def __init__(self, *args: Any, member: Member, **names: Any) -> None:
        super().__init__(*args, **names)
        self.member = member
        self.fields["own_password"] = password_field(gettext_lazy("Your present password"))

    def clean_own_password(self) -> str:
        """Check the password, and count where it is wrong."""
        password = str(self.cleaned_data["own_password"])
        if not self.member.check_password(password):
            count_failure("password", self.member.pk)
            raise ValidationError(_("This is not your password."))
        return password


class ChangePasswordForm(OwnPasswordForm, NewPasswordForm):
    """The present password and the new one."""

    def __init__(self, *args: Any, member: Member, **names: Any) -> None:
        super().__init__(*args, member=member, **names)
        self.order_fields(["own_password", "password", "again"])


class ForgottenForm(forms.Form):
    """The address of somebody who has forgotten their password."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )

    def clean_email(self) -> str:
        """Read the address in one spelling."""
        return str(self.cleaned_data["email"]).strip().lower()


class NameForm(forms.ModelForm):
    """A member's own name."""

    class Meta:
        """The name alone."""

        model = Member
        fields = ("name",)
        labels = {"name": gettext_lazy("Name")}  # noqa: RUF012 - Django's forms are written so


class RoleForm(forms.Form):
    """A member's role."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLES)


class FactorRuleForm(forms.Form):
    """Of whom a second factor is asked."""

    rule = forms.ChoiceField(
        label=gettext_lazy("A second factor is asked of"), choices=FACTOR_RULES
    )


class InvitationForm(forms.Form):
    """Whom to invite, as what, and for how long the invitation can be used."""

    label = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=120,
        help_text=gettext_lazy("What this invitation is called in your list, as: Marie, media."),
    )
    email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        max_length=254,
        help_text=gettext_lazy(
            "With it they sign in. Signoff sends no mail: you pass the link on."
        ),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLES)
    days = forms.TypedChoiceField(
        label=gettext_lazy("It can be used for"),
        choices=[
            (1, gettext_lazy("one day")),
            (7, gettext_lazy("seven days")),
            (30, gettext_lazy("thirty days")),
        ],
        coerce=int,
        initial=7,
    )

    def clean_email(self) -> str:
        """Read the address in one spelling; it must be nobody's yet."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if Member.objects.filter(email=email).exists():
            raise ValidationError(_("A member has this address already."))
        return email

    def invitation(self) -> dict[str, Any]:
        """Give what `invite` takes; call it when the form is valid."""
        data = dict(self.cleaned_data)
        return {"lifetime": timedelta(days=data.pop("days")), **data}


class JoinForm(NewPasswordForm):
    """Name and password of somebody who joins; their address too, where no invitation names it."""

    def __init__(self, *args: Any, email: str = "", **names: Any) -> None:
        super().__init__(*args, **names)
        self.email = email
        self.fields["name"] = forms.CharField(
            label=gettext_lazy("Name"),
            max_length=120,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )
        if not email:
            self.fields["email"] = forms.EmailField(
                label=gettext_lazy("E-mail address"),
                max_length=254,
                help_text=gettext_lazy(
                    "With it you sign in. Nothing is ever sent to it: Signoff sends no mail."
                ),
                widget=forms.EmailInput(attrs={"autocomplete": "username"}),
            )
        self.order_fields(["name", "email", "password", "again"])

    def make_member(self, *, role: str, language: str) -> Member:
        """Make the member; call it when the form is valid."""
        data = self.cleaned_data
        email = self.email or data["email"]
        return Member.objects.create_user(
            email, data["password"], name=data["name"], role=str(role), language=language
        )

    def whose(self) -> Member:
        """Give the member as they will be."""
        data = self.cleaned_data
        return Member(email=self.email or data.get("email", ""), name=data.get("name", ""))
