"""The workspace's own settings: what it is called, its language and its currency."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff import __version__
from signoff.app.web.place import current_workspace, forget_workspace
from signoff.store.register import Act, write_audit
from signoff.store.settings import SETTINGS_FILE, write_settings
from signoff.store.workspace import Workspace

__all__ = ["change_preferences", "edit_preferences"]


class PreferencesForm(forms.Form):
    """Name, language and currency."""

    name = forms.CharField(max_length=200, label=gettext_lazy("Name of the workspace"))
    language = forms.ChoiceField(
        choices=[("en", "English"), ("fr", "Français")],
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("Of reports, and of visitors whose own is not known."),
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy(
            "ISO 4217 code of amounts whose source names none, such as EUR. What is imported "
            "already keeps its own."
        ),
    )


def edit_preferences(request: HttpRequest) -> HttpResponse:
    """Show the settings, and keep them when they are sent."""
    workspace = current_workspace()
    now = workspace.settings
    start = {"name": now.name, "language": now.language, "currency": now.currency}
    form = PreferencesForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        change_preferences(workspace, form.cleaned_data, by=request.user.email)
        messages.success(request, _("The settings are kept."))
        return redirect("upkeep:preferences")
    context = {"form": form, "stores": _stores(workspace), "version": __version__}
    return render(request, "upkeep/preferences.html", context)


def change_preferences(workspace: Workspace, chosen: dict[str, Any], *, by: str) -> None:
    """Keep settings in signoff.toml, with an audit row that says which changed."""
    changed = {
        name: value for name, value in chosen.items() if getattr(workspace.settings, name) != value
    }
    if not changed:
        return
    act = Act(by, timezone.now(), "changed", "settings", "", {"names": sorted(changed)})
    with workspace.register.begin() as connection:
        write_audit(workspace.register, connection, act=act)
        settings = workspace.settings.model_copy(update=changed)
        write_settings(settings, path=workspace.path / SETTINGS_FILE)
    forget_workspace()


def _stores(workspace: Workspace) -> list[tuple[str, str]]:
    """Say where register, catalog and facts are; a server's address without its password."""
    register = workspace.register.engine.url.render_as_string(hide_password=True)
    catalog = workspace.settings.catalog.rpartition("@")[2] or "lake/catalog.sqlite"
    return [
        (_("Folder"), workspace.path.name),
        (_("Register"), "register.db" if workspace.register.path else register),
        (_("Catalog of the lake"), catalog),
        (_("Files of the lake"), workspace.settings.lake_data or "lake/data"),
    ]
