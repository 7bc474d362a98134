"""The page of time to yes: how long approval and deals take, and when to address which level."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from signoff.app.translation import translate
from signoff.app.web.audience.aim import newest_aim
from signoff.app.web.audience.timing_chart import level_figure
from signoff.app.web.audience.timing_tables import export_timing, timing_tables
from signoff.app.web.place import current_workspace, lake_engine
from signoff.audience import (
    DurationStudy,
    StageStudy,
    fit_approvals,
    fit_stages,
    level_times,
    prior_durations,
    when_to_address,
)
from signoff.audience.timing import LevelTime
from signoff.errors import DataError
from signoff.results import Row
from signoff.store.engines import Engine

__all__ = ["show_timing"]

DAYS_AHEAD = 90
MOST_LEVELS = 12
SURE_CHOICES = (("0.5", gettext_lazy("half")), ("0.8", "80 %"), ("0.9", "90 %"))


class AddressForm(forms.Form):
    """By when the yes is wanted, through how many levels, and how surely."""

    decision_on = forms.DateField(
        label=gettext_lazy("Day of the final yes"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    n_levels = forms.IntegerField(
        min_value=1, max_value=MOST_LEVELS, label=gettext_lazy("Levels of approval")
    )
    sure_share = forms.ChoiceField(
        choices=SURE_CHOICES, label=gettext_lazy("In how many of the cases")
    )


def show_timing(request: HttpRequest) -> HttpResponse:
    """Show how long a yes takes, from the workspace's own log or from usual times."""
    today = timezone.now().date()
    with lake_engine() as engine:
        approvals, stages = _studies(engine, today)
    levels = _levels(approvals)
    form = _form(request, today=today, n_levels=len(levels))
    n_levels = form.cleaned_data["n_levels"] if form.is_valid() else len(levels)
    if approvals is None:
        levels = prior_durations(n_levels)
    address = _address_rows(form, levels)
    tables = timing_tables(request, address=address, approvals=approvals, stages=stages)
    exported = export_timing(request, tables)
    if exported is not None:
        return exported
    context = {
        "form": form,
        "tables": {one.table.name: one.table for one in tables},
        "basis": _("From the firm’s own log.") if approvals else _assumed(),
        "notes": [_said(note) for note in approvals.notes] if approvals else [],
        "has_log": approvals is not None,
        "figure": level_figure(levels[:n_levels]),
        "stages": _said(stages.text()) if stages else "",
        "few_levels": _few_levels(levels, n_levels),
        "is_late": any(row["address_on"] < today for row in address),
    }
    return render(request, "audience/timing.html", context)


def _studies(engine: Any, today: date) -> tuple[DurationStudy | None, StageStudy | None]:
    """Give what the log and the deals tell, kept for as long as the facts are the same."""
    key = (current_workspace().path, engine.snapshot, today)
    found = _KEPT.asked.get(key)
    if found is None:
        found = (_approvals(engine, today), _stages(engine, today))
        _KEPT.asked = {key: found}
    return found


class _Kept:
    """The studies of the newest snapshot that was asked for."""

    asked: dict[tuple[Path, int, date], tuple[DurationStudy | None, StageStudy | None]]

    def __init__(self) -> None:
        self.asked = {}


_KEPT = _Kept()


def _approvals(engine: Engine, today: date) -> DurationStudy | None:
    try:
        study = fit_approvals(engine, today=today)
        level_times(study)
    except DataError:
        return None  # no log, or too few yeses: usual times are shown, and said to be
    return study


def _stages(engine: Engine, today: date) -> StageStudy | None:
    try:
        return fit_stages(engine, today=today)
    except DataError:
        return None  # no deal closed yet; the page says so


def _levels(approvals: DurationStudy | None) -> tuple[LevelTime, ...]:
    if approvals is not None:
        return level_times(approvals)
    committee = newest_aim().committee
    deepest = max((part.approval_level for part in committee.roles), default=2) if committee else 2
    return prior_durations(min(max(deepest, 1), MOST_LEVELS))


def _form(request: HttpRequest, *, today: date, n_levels: int) -> AddressForm:
    usual = {
        "decision_on": (today + timedelta(days=DAYS_AHEAD)).isoformat(),
        "n_levels": n_levels,
        "sure_share": "0.9",
    }
    given = {name: request.GET[name] for name in usual if request.GET.get(name)}
    return AddressForm({**usual, **given})


def _address_rows(form: AddressForm, levels: Sequence[LevelTime]) -> list[Row]:
    if not form.is_valid():
        return []
    plan = when_to_address(
        levels,
        decision_on=form.cleaned_data["decision_on"],
        n_levels=form.cleaned_data["n_levels"],
        sure_share=float(form.cleaned_data["sure_share"]),
    )
    return [dict(vars(time)) for time in plan.times]


def _few_levels(levels: Sequence[LevelTime], n_levels: int) -> str:
    """Say when more levels are asked for than the log knows."""
    if n_levels <= len(levels):
        return ""
    known = len(levels)
    return ngettext(
        "The log tells %(n)s level; more are not known.",
        "The log tells %(n)s levels; more are not known.",
        known,
    ) % {"n": known}


def _assumed() -> str:
    return _(
        "Assumed, for want of a log: 7 days a level for a costly purchase, not measured. The "
        "spread lies between those measured at the second and third levels of two public logs of "
        "travel requests (doi:10.4121/uuid:52fb97d4-4588-43c9-9d04-3604d4613b51)."
    )


def _said(text: str) -> str:
    return translate(text, language=get_language() or "en")
