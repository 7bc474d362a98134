"""Which accounts the plan is for: how the market was cut, how they rank, and on what grounds."""

from collections.abc import Sequence

from signoff.report.document import (
    Block,
    Chip,
    Folded,
    Line,
    Paragraph,
    Section,
    Table,
    Verbatim,
)
from signoff.report.scribe import Scribe

__all__ = ["write_accounts"]

SHOWN_FIRST = 20
EVERYBODY = "*"


def write_accounts(scribe: Scribe) -> Section:
    """Write how many accounts there are, how they were ranked, and the first of them.

    Args:
        scribe: Writes from the plan.

    Call it so: `write_accounts(Scribe(plan, read_catalog("en")))`.
    """
    places = range(len(scribe.plan.audience.accounts))
    first, rest = places[:SHOWN_FIRST], places[SHOWN_FIRST:]
    blocks: list[Block] = [
        Paragraph(_market(scribe)),
        Paragraph(_fit(scribe)),
        _account_table(scribe, first, anchor="accounts_first"),
    ]
    if scribe.plan.audience.n_unlisted:
        unlisted = scribe.count("audience.n_unlisted")
        blocks.append(Paragraph(scribe.say("accounts.unlisted", n=unlisted)))
    if rest:
        table = _account_table(scribe, rest, anchor="accounts_next")
        blocks.append(Folded(scribe.say("accounts.next"), (table,)))
    blocks.append(Folded(scribe.say("accounts.steps"), (_step_table(scribe),)))
    blocks += _owners(scribe)
    return scribe.section("accounts", blocks)


def _market(scribe: Scribe) -> Line:
    return scribe.say(
        "accounts.market",
        n=scribe.count("audience.selection.n_market"),
        total=scribe.count("audience.selection.n_accounts"),
    )


def _fit(scribe: Scribe) -> Line:
    fit = scribe.plan.audience.fit
    if fit.auc is None:
        return _untried(scribe)
    return scribe.say(
        "accounts.signal" if fit.usable else "accounts.no_signal",
        n=scribe.count("audience.fit.n_train"),
        tried=scribe.count("audience.fit.n_test"),
        auc=scribe.estimate("audience.fit.auc", as_share=True),
        level=scribe.share("audience.fit.auc.level_share"),
    )


def _untried(scribe: Scribe) -> Line:
    """Say what there is too little of, each count from the plan."""
    reason = scribe.plan.audience.fit.reason
    path = "audience.fit.reason"
    counts = {
        "n": "n_deals" if reason.n_accounts is None else "n_accounts",
        "won": "n_won",
        "lost": "n_lost",
        "needed": "n_needed",
    }
    spans = {
        place: scribe.count(f"{path}.{name}")
        for place, name in counts.items()
        if getattr(reason, name) is not None
    }
    return scribe.say(f"accounts.untried.{reason.code}", **spans)


def _account_table(scribe: Scribe, places: Sequence[int], *, anchor: str) -> Table:
    has_win = scribe.plan.audience.fit.usable
    rows: list[list[Line]] = []
    for place in places:
        account, path = scribe.plan.audience.accounts[place], f"audience.accounts[{place}]"
        win: list[Line] = [_win(scribe, place)] if has_win else []
        rows.append(
            [
                (Verbatim(account.name),),
                (Verbatim(account.country),),
                (Verbatim(account.segment),),
                (scribe.term("relationship", account.relationship),),
                (scribe.share(f"{path}.market_fit_share"),),
                *win,
                (scribe.decimal(f"{path}.value_weight", digits=3),),
                _missing(scribe, account.roles_missing),
                _standing(scribe, is_holdout=account.is_holdout),
            ]
        )
    win_column = "#win " if has_win else ""
    return scribe.table(
        anchor,
        columns=f"account country segment relationship #fit {win_column}#weight missing standing",
        rows=rows,
    )


def _win(scribe: Scribe, place: int) -> Line:
    if scribe.plan.audience.accounts[place].win_share is None:
        return scribe.say("form.none")
    return (scribe.share(f"audience.accounts[{place}].win_share"),)


def _missing(scribe: Scribe, roles: Sequence[str]) -> Line:
    if not roles:
        return (Chip(scribe.word("accounts.complete"), "good"),)
    return scribe.joined([(scribe.term("role", role),) for role in roles])


def _standing(scribe: Scribe, *, is_holdout: bool) -> Line:
    if is_holdout:
        return (Chip(scribe.word("accounts.held_out"), "caution"),)
    return (Chip(scribe.word("accounts.in_plan"), "quiet"),)


def _step_table(scribe: Scribe) -> Table:
    rows: list[list[Line]] = []
    for place, step in enumerate(scribe.plan.audience.selection.steps):
        if not (step.is_asked or step.n_left_out):
            continue
        path = f"audience.selection.steps[{place}]"
        rows.append(
            [
                (scribe.term("step", step.step),),
                (scribe.count(f"{path}.n_left_out"),),
                (scribe.count(f"{path}.n_unknown"),),
                (scribe.count(f"{path}.n_kept"),),
            ]
        )
    return scribe.table("steps", columns="step #left_out #unknown #kept", rows=rows)


def _owners(scribe: Scribe) -> list[Block]:
    rows: list[list[Line]] = []
    for place, owner in enumerate(scribe.plan.owners):
        rows.append(
            [
                _group(scribe, owner.sex, owner.race),
                (Verbatim(owner.country),),
                (Verbatim(owner.industry),),
                (Verbatim(str(owner.year)),),
                (scribe.count(f"owners[{place}].firms"),),
                (scribe.share(f"owners[{place}].share"),),
            ]
        )
    if not rows:
        return []
    named = dict.fromkeys((owner.source, owner.source_url) for owner in scribe.plan.owners)
    sources = scribe.joined([scribe.source(*name) for name in named])
    return [
        Folded(
            scribe.say("accounts.owners"),
            (
                Paragraph(scribe.say("accounts.owners_words")),
                scribe.table(
                    "owners", columns="group country industry year #firms #share", rows=rows
                ),
                Paragraph(scribe.say("accounts.owners_source", sources=sources)),
            ),
        )
    ]


def _group(scribe: Scribe, *parts: str) -> Line:
    named: list[Line] = [(Verbatim(part),) for part in parts if part != EVERYBODY]
    return scribe.joined(named) if named else scribe.say("form.all")
