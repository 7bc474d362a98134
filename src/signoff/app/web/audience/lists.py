"""Lists for advertising platforms: who would leave, who would not and why, and the file."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from signoff.app.translation import translate, translate_fault
from signoff.app.web.audience.aim import newest_aim
from signoff.app.web.audience.words import say_value
from signoff.app.web.place import current_workspace
from signoff.plan import list_target_accounts
from signoff.store.exports import (
    RULES,
    ListOptions,
    ListPreview,
    Platform,
    export_matched_audience,
    list_client_accounts,
    preview_matched_audience,
)
from signoff.units import Relationship

__all__ = ["show_lists", "take_list"]

TITLES = {
    Platform.LINKEDIN_COMPANIES: _("LinkedIn: companies"),
    Platform.LINKEDIN_CONTACTS: _("LinkedIn: contacts"),
    Platform.GOOGLE_CUSTOMER_MATCH: _("Google: Customer Match"),
    Platform.META_CUSTOM_AUDIENCE: _("Meta (Facebook, Instagram): custom audience"),
    Platform.TIKTOK_AUDIENCE: _("TikTok: customer file"),
}
WHOM = (
    ("plan", _("accounts of the newest plan")),
    ("clients", _("all present clients, to be excluded")),
)
FORMS = (("hashed", _("hashed (SHA-256)")), ("plain", _("in plain text")))


def _relationships() -> list[tuple[str, str]]:
    return [(known.value, say_value("relationship", known.value)) for known in Relationship]


class ListForm(forms.Form):
    """Which list is wanted."""

    platform = forms.ChoiceField(
        choices=[(platform.value, title) for platform, title in TITLES.items()],
        label=_("Platform"),
    )
    whom = forms.ChoiceField(
        choices=WHOM,
        label=_("Of whom"),
        help_text=_("Accounts of the holdout are never on a list."),
    )
    relationships = forms.MultipleChoiceField(
        choices=_relationships,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Only accounts that are"),
        help_text=_("None ticked: all of them, those of unknown relationship too."),
    )
    form = forms.ChoiceField(
        choices=FORMS, label=_("Addresses leave"), help_text=_("Meta takes hashed lists only.")
    )
    only_consented = forms.BooleanField(
        required=False,
        label=_("Only people with consent, contract or legitimate interest on record"),
        help_text=_("Otherwise everybody who did not refuse. Whoever refused never leaves."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse plain text where the platform takes hashed lists only."""
        told: dict[str, Any] = super().clean() or {}
        platform = told.get("platform")
        if platform and RULES[Platform(platform)].must_hash and told.get("form") == "plain":
            self.add_error("form", _("Meta takes hashed lists only."))
        return told


@dataclass(frozen=True)
class ListAsked:
    """What the form asks for.

    Attributes:
        platform: Which list.
        account_ids: The accounts meant.
        options: Decisions about it.
    """

    platform: str
    account_ids: tuple[str, ...]
    options: ListOptions


def show_lists(request: HttpRequest) -> HttpResponse:
    """Show the form and, once a platform is chosen, who would leave; nothing is written."""
    form = ListForm(request.GET) if "platform" in request.GET else ListForm()
    preview = None
    if form.is_bound and form.is_valid():
        asked = _asked(form)
        preview = preview_matched_audience(
            current_workspace(),
            platform=asked.platform,
            account_ids=asked.account_ids,
            options=asked.options,
        )
    return _show(request, form, preview=preview)


def take_list(request: HttpRequest) -> HttpResponse | FileResponse:
    """Write the list and hand it out; the audit keeps who took it."""
    form = ListForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    asked = _asked(form)
    receipt = export_matched_audience(
        current_workspace(),
        platform=asked.platform,
        account_ids=asked.account_ids,
        by=request.user.email,
        at=timezone.now(),
        options=asked.options,
    )
    return FileResponse(
        receipt.path.open("rb"),
        as_attachment=True,
        filename=receipt.path.name,
        content_type="text/csv; charset=utf-8",
    )


def _asked(form: ListForm) -> ListAsked:
    told, workspace = form.cleaned_data, current_workspace()
    is_exclusion, run_id = told["whom"] == "clients", newest_aim().plan_id
    if is_exclusion:
        account_ids = list_client_accounts(workspace)
    else:
        account_ids = list_target_accounts(workspace, run_id=run_id) if run_id else ()
    options = ListOptions(
        hashed=told["form"] == "hashed",
        relationships=tuple(Relationship(name) for name in told["relationships"]),
        only_consented=told["only_consented"],
        is_exclusion=is_exclusion,
    )
    return ListAsked(told["platform"], account_ids, options)


def _show(
    request: HttpRequest, form: ListForm, *, preview: ListPreview | None = None
) -> HttpResponse:
    language = get_language() or "en"
    context: dict[str, Any] = {"form": form, "aim": newest_aim(), "preview": preview}
    if preview:
        refusal = preview.refusal
        context |= {
            "title": TITLES[Platform(preview.platform)],
            "rules": RULES[Platform(preview.platform)],
            "left_out": [
                (translate(why.value, language=language), n) for why, n in preview.left_out
            ],
            "refusal": translate_fault(refusal, language=language) if refusal else None,
            "notes": [translate(note, language=language) for note in preview.notes],
            "sent": [(name, v) for name in form.fields for v in form.data.getlist(name)],
        }
    return render(request, "audience/lists.html", context, status=422 if form.errors else 200)
