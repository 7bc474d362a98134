"""The queue of review: pairs of accounts that may be one organisation, and what was answered."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from signoff.app.jobs import start_job
from signoff.app.translation import translate
from signoff.app.web.audience.answers import answer_rows
from signoff.app.web.left_alone import suppressed_accounts
from signoff.app.web.pages import role_of
from signoff.app.web.place import current_workspace, lake_engine
from signoff.app.web.rights import Right, has_right
from signoff.app.web.tables import Head, Table, export_table, show_table
from signoff.audience import list_duplicates
from signoff.store.merges import (
    MergeReceipt,
    PairAnswer,
    answer_pairs,
    list_pair_answers,
    pair_of,
    take_answers_back,
)

__all__ = [
    "answer_duplicate",
    "look_for_duplicates",
    "merge_sure",
    "show_duplicates",
    "take_answer_back",
]

SURE_SHARES = (0.99, 0.95, 0.9)
ANSWERS = {"same": True, "different": False}


def show_duplicates(request: HttpRequest) -> HttpResponse:
    """Show the pairs that wait, or the answers that were given; each answer can be taken back."""
    part = "answers" if request.GET.get("part") == "answers" else "waiting"
    given = list_pair_answers(current_workspace())
    with lake_engine() as engine:
        waiting = list_duplicates(engine, answered={_ids(pair_of(one)) for one in given})
        rows = answer_rows(engine, given) if part == "answers" else _waiting_rows(waiting.pairs)
        barred = (
            frozenset(suppressed_accounts(engine)) if request.GET.get("export") else frozenset()
        )
    heads = _heads(part, may_answer=has_right(role_of(request), Right.IMPORT))
    if request.GET.get("export"):
        told = [head for head in heads if not head.is_act]
        rows = [row for row in rows if not barred & _named(row)]
        form = request.GET["export"]
        return export_table(request, rows, name=f"duplicates-{part}", heads=told, form=form)
    context = {
        "part": part,
        "n_waiting": waiting.n_pairs,
        "n_answers": len(given),
        "sure": _sure(waiting.pairs),
        "table": _table(request, part, rows=rows, heads=heads),
    }
    return render(request, "audience/duplicates.html", context)


def look_for_duplicates(request: HttpRequest) -> HttpResponse:
    """Ask for a search through all accounts, as a job."""
    workspace = current_workspace()
    job_id = start_job(workspace, "find_duplicates", inputs={}, by=request.user.email)
    return redirect("jobs:show", job_id=job_id)


def answer_duplicate(request: HttpRequest, one: str, other: str, answer: str) -> HttpResponse:
    """Keep one answer, and merge or part the two accounts."""
    if answer not in ANSWERS:
        raise Http404
    with lake_engine() as engine:
        known = {_ids(pair): pair for pair in list_duplicates(engine).pairs}
    asked = known.get(frozenset((one, other)))
    given = PairAnswer(
        one,
        other,
        is_same=ANSWERS[answer],
        reason=asked.reason if asked else "judged on the page of duplicates",
        confidence_share=asked.confidence_share if asked else None,
    )
    _tell(request, answer_pairs(current_workspace(), [given], **_who(request)))
    return redirect("audience:duplicates")


def merge_sure(request: HttpRequest) -> HttpResponse:
    """Answer "the same" for all pairs above a likeness."""
    asked = request.POST.get("least", "")
    least = next((one for one in SURE_SHARES if f"{one:.2f}" == asked), max(SURE_SHARES))
    answered = {_ids(pair_of(one)) for one in list_pair_answers(current_workspace())}
    with lake_engine() as engine:
        pairs = list_duplicates(engine, answered=answered).pairs
    given = [
        PairAnswer(
            pair.account_id,
            pair.other_account_id,
            is_same=True,
            reason=pair.reason,
            confidence_share=pair.confidence_share,
        )
        for pair in pairs
        if pair.confidence_share >= least
    ]
    receipt = answer_pairs(current_workspace(), given, leave_clashing=True, **_who(request))
    _tell(request, receipt)
    n_left = len(given) - receipt.n_answers
    if n_left:
        told = ngettext(
            "%(n)s pair contradicts answers given before, and was left as it is.",
            "%(n)s pairs contradict answers given before, and were left as they are.",
            n_left,
        )
        messages.warning(request, told % {"n": n_left})
    return redirect("audience:duplicates")


def take_answer_back(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take an answer back; accounts that it alone merged stand apart again."""
    _tell(request, take_answers_back(current_workspace(), [decision_id], **_who(request)))
    return redirect(f"{reverse('audience:duplicates')}?part=answers")


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user.email, "at": timezone.now()}


def _tell(request: HttpRequest, receipt: MergeReceipt) -> None:
    messages.success(request, translate(receipt.text(), language=get_language() or "en"))


def _named(row: Mapping[str, Any]) -> frozenset[str]:
    """Give the accounts that a row names, of either table."""
    named = (row.get(name) for name in ("account_id", "other_account_id", "other_id"))
    return frozenset(one for one in named if one)


def _ids(pair: Any) -> frozenset[str]:
    return frozenset((pair.account_id, pair.other_account_id))


def _sure(pairs: Any) -> list[tuple[str, float, str]]:
    """Say how many pairs each threshold would merge; none is offered for nothing."""
    counted = [
        (least, sum(pair.confidence_share >= least for pair in pairs)) for least in SURE_SHARES
    ]
    return [
        (f"{least:.2f}", least, ngettext("%(n)s pair", "%(n)s pairs", n) % {"n": n})
        for least, n in counted
        if n
    ]


def _waiting_rows(pairs: Any) -> list[dict[str, Any]]:
    language = get_language() or "en"
    return [
        {
            **vars(pair),
            "reason": translate(pair.reason, language=language),
            "known": _place(pair.domain, pair.city, pair.country),
            "other_known": _place(pair.other_domain, pair.other_city, pair.other_country),
            "same": _("The same"),
            "different": _("Different"),
        }
        for pair in pairs
    ]


def _place(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _heads(part: str, *, may_answer: bool) -> tuple[Head, ...]:
    names = (
        Head("name", _("Account"), address=lambda row: _account(row, "account_id")),
        Head("other_name", _("Other account"), address=lambda row: _account(row, "other_id")),
    )
    if part == "answers":
        back = Head("back", _("Take back"), family=_("Take this answer back?"), act=_taking_back)
        answered = (
            Head("answer", _("Answer")),
            Head("reason", _("Why")),
            Head("confidence_share", _("Likeness"), kind="share"),
            Head("by", _("By")),
            Head("at", _("When"), kind="moment"),
        )
        return (*names, *answered, *((back,) if may_answer else ()))
    acts = (
        Head("same", _("Merge"), act=lambda row: _answering(row, "same")),
        Head("different", _("Keep apart"), act=lambda row: _answering(row, "different")),
    )
    described = (
        Head("confidence_share", _("Likeness"), kind="share"),
        Head("reason", _("Why")),
        Head("known", _("Known of the one")),
        Head("other_known", _("Of the other")),
    )
    return (*names, *(acts if may_answer else ()), *described)


def _table(
    request: HttpRequest, part: str, *, rows: list[dict[str, Any]], heads: tuple[Head, ...]
) -> Table:
    captions = {
        "waiting": _("Pairs of accounts that may be one organisation, the likeliest first"),
        "answers": _("What was answered, the newest first"),
    }
    empty = {
        "waiting": _("No pair waits. Look for duplicates after each large import."),
        "answers": _("Nothing was answered yet."),
    }
    return show_table(
        request, rows, name=part, caption=captions[part], heads=heads, empty=empty[part]
    )


def _account(row: Mapping[str, Any], name: str) -> str:
    account_id = row.get(name) or row.get(f"{name.removesuffix('_id')}_account_id") or ""
    return reverse("audience:account", args=[account_id]) if account_id else ""


def _answering(row: Mapping[str, Any], answer: str) -> str:
    return reverse("audience:answer", args=[row["account_id"], row["other_account_id"], answer])


def _taking_back(row: Mapping[str, Any]) -> str:
    return reverse("audience:take_back", args=[row["decision_id"]])
