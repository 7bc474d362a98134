"""Why this number: what it is, exactly, and everything that it rests on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from signoff.app.translation import translate_word
from signoff.app.web.plans.report_page import kept_text, plan_of, reader_language, report_of
from signoff.app.web.plans.whereabouts import address_of_table, first_address
from signoff.report import explain_number, find_table

__all__ = ["show_why"]

FIRST = "venues.result.value"


def show_why(request: HttpRequest, run_id: str) -> HttpResponse:
    """Explain one number of a plan's report; the script of the page asks for the part alone."""
    text, language = kept_text(run_id), reader_language()
    plan, report = plan_of(text), report_of(text, language)
    path = request.GET.get("path") or FIRST
    told = explain_number(plan, path, language=language, report=report)
    context = {
        "plan": plan,
        "told": told,
        "tables": [
            (translate_word(name, family="table", language=language), address_of_table(name))
            for name in told.tables
        ],
        "table": find_table(report, told.path),
        "brief_address": first_address(("documents:show", ["brief", plan.brief_name])),
    }
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, "plans/_why.html" if is_part else "plans/why.html", context)
