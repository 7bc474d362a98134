"""The parts that pages are made of, each as it looks, for whoever adds a page."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.app.web.charts import ChartFigure, compile_chart
from signoff.app.web.tables import Head, show_table
from signoff.errors import Fault
from signoff.report.forms import reader_forms

__all__ = ["show_design"]

ROWS = (
    {"name": "Hannoversche Waagen", "n_people": 14, "value": 0.42, "state": "known"},
    {"name": "Ateliers du Rhône", "n_people": 3, "value": 0.17, "state": "missing"},
)


class SampleForm(forms.Form):
    """A form with one field of each kind."""

    name = forms.CharField(label=gettext_lazy("A word"), help_text=gettext_lazy("With a hint."))
    amount = forms.DecimalField(label=gettext_lazy("An amount"))
    choice = forms.ChoiceField(
        label=gettext_lazy("A choice"),
        choices=[("a", gettext_lazy("the first")), ("b", gettext_lazy("the second"))],
    )
    text = forms.CharField(label=gettext_lazy("A text"), widget=forms.Textarea)


def show_design(request: HttpRequest) -> HttpResponse:
    """Show every part with a sample."""
    faulty = SampleForm({"name": "", "amount": "many", "choice": "a", "text": ""})
    context = {
        "form": faulty,
        "fault": Fault(
            "accounts has no column 'employees'",
            "the sample is stratified by firm size",
            "map it to one of: staff, headcount; or drop that stratum",
        ),
        "table": _table(request),
        "figure": _figure(),
    }
    return render(request, "upkeep/design.html", context)


def _table(request: HttpRequest) -> object:
    states = (("known", _("known")), ("missing", _("missing")))
    return show_table(
        request,
        ROWS,
        name="sample",
        caption=_("A table that sorts, filters and can be had as a file"),
        heads=(
            Head("name", _("Account")),
            Head("n_people", _("People"), kind="number"),
            Head("value", _("Fit"), kind="share"),
            Head("state", _("Committee"), choices=states),
        ),
        exports=(),
    )


def _figure() -> ChartFigure:
    points = [{"x": x, "y": round(10 * x / (x + 4), 2)} for x in range(0, 21, 2)]
    specification = {
        "width": 520,
        "height": 220,
        "background": None,
        "data": {"values": points},
        "mark": {"type": "line", "color": "var(--accent)", "point": True},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "title": _("Spend")},
            "y": {"field": "y", "type": "quantitative", "title": _("Result")},
        },
        "config": {
            "axis": {
                "labelColor": "var(--muted)",
                "titleColor": "var(--ink)",
                "gridColor": "var(--rule)",
                "domainColor": "var(--edge)",
                "tickColor": "var(--edge)",
            },
            "view": {"stroke": None},
        },
    }
    forms_here = reader_forms("en")
    rows = [(str(p["x"]), forms_here.number(p["y"], digits=2)) for p in points]
    return ChartFigure(
        name="sample-chart",
        title=_("A chart, drawn from its table"),
        spec=compile_chart(specification),
        headings=(_("Spend"), _("Result")),
        rows=rows,
    )
