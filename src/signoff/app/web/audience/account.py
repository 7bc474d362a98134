"""The page of one account: what is known of it, who decides there, who is missing, its history."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from signoff.app.translation import translate, translate_word
from signoff.app.web.audience.aim import newest_aim
from signoff.app.web.audience.score_reasons import tell_score
from signoff.app.web.audience.words import say_state, say_value
from signoff.app.web.cells import money, number, share
from signoff.app.web.pages import role_of
from signoff.app.web.place import current_workspace, lake_engine
from signoff.app.web.rights import Right, has_right
from signoff.app.web.tables import Head, export_table, show_table
from signoff.audience import (
    MergedRecord,
    guess_kind,
    guess_place,
    list_merged_records,
    look_at_account,
    size_band,
)
from signoff.audience.account import AccountCard
from signoff.store.exports import find_barred
from signoff.store.register import current_persons

__all__ = ["show_account"]

PARTS = ("people", "deals", "touches")


def show_account(request: HttpRequest, account_id: str) -> HttpResponse:
    """Show one account; names of people only to those who may see them."""
    aim = newest_aim()
    with lake_engine() as engine:
        card = look_at_account(
            engine, account_id=account_id, committee=aim.committee, plan_id=aim.plan_id
        )
        merged = list_merged_records(engine, account_id=account_id)
        today = timezone.now().date()
        score = tell_score(engine, aim, account_id=account_id, facts=card.facts, today=today)
    part = request.GET.get("part", "people")
    part = part if part in PARTS else "people"
    names = _names(request, card) if part == "people" else {}
    rows = list_part(card, part, names=names)
    heads = part_heads(part, with_names=bool(names))
    if request.GET.get("export"):
        form = request.GET["export"]
        barred = find_barred(current_workspace(), account_ids=[account_id])
        rows = [row for row in rows if row.get("person_id") not in barred]
        return export_table(request, rows, name=f"account-{part}", heads=heads, form=form)
    table = show_table(request, rows, name=part, caption=_caption(part), heads=heads)
    roles = list_roles(card, currency=aim.currency)
    context = {"aim": aim, "card": card, "facts": _facts(card), "part": part, "table": table}
    context |= {"roles": roles, "next": _next(card), "n_people": card.facts["n_people"]}
    context["score"] = score
    context["merged"] = [_told_merge(record) for record in merged]
    return render(request, "audience/account.html", context)


def list_roles(card: AccountCard, *, currency: str) -> list[dict[str, Any]]:
    """Give the roles of the committee with what is known of each, in the reader's words."""
    return [
        {
            "role": say_value("roles_known", role.role.value),
            "above": "" if role.amount_above is None else money(role.amount_above, currency),
            "state": say_state(role.state),
            "tone": {"known": "good", "likely": ""}.get(role.state, "caution"),
            "n_people": role.n_people,
            "covered_share": role.covered_share,
        }
        for role in card.cover.roles
    ]


def _next(card: AccountCard) -> str:
    """Say whom to find next, or nothing where every role is known."""
    if card.cover.next_role is None:
        return ""
    told = {
        "role": say_value("next_role", card.cover.next_role.value),
        "gain": share(card.cover.next_gain_share or 0.0),
    }
    return (
        _(
            "The next person to find: %(role)s, which adds %(gain)s to the chance that the "
            "approval rule is satisfied."
        )
        % told
    )


def list_part(card: AccountCard, part: str, *, names: dict[str, str]) -> list[dict[str, Any]]:
    """Give the rows of one part of an account: its people, its deals or what touched it."""
    if part == "deals":
        return [{**vars(deal), "n_stages": len(deal.stages)} for deal in card.deals]
    if part == "touches":
        return [dict(vars(touch)) for touch in card.touches]
    language = get_language() or "en"
    return [
        {
            "name": names.get(person.person_id),
            "title": person.title,
            "function": person.function
            and translate_word(person.function, family="function", language=language),
            "level": person.level
            and translate_word(person.level, family="level", language=language),
            "roles": ", ".join(
                say_value("roles_known", role.role.value) for role in person.roles if role.is_played
            ),
            "likeliest": person.roles[0].probability_share if person.roles else None,
            "evidence": person.evidence,
            "is_generated": person.is_generated,
            "person_id": person.person_id,
        }
        for person in card.people
    ]


def part_heads(part: str, *, with_names: bool) -> tuple[Head, ...]:
    """Give the columns of one part of an account."""
    if part == "deals":
        return (
            Head("opportunity_id", _("Deal")),
            Head("product", _("Product")),
            Head("stage", _("Outcome")),
            Head("source_stage", _("Stage")),
            Head("began_on", _("Began"), kind="day"),
            Head("closed_on", _("Closed"), kind="day"),
            Head("value", _("Value"), kind="money", family="currency"),
            Head("lead_source", _("Source")),
        )
    if part == "touches":
        return (
            Head("occurred_at", _("When"), kind="moment"),
            Head("kind", _("Kind")),
            Head("venue", _("Venue")),
            Head("message", _("Message")),
            Head("page", _("Page")),
        )
    name = (Head("name", _("Name")),) if with_names else ()
    return (
        *name,
        Head("title", _("Job title")),
        Head("function", _("Department")),
        Head("level", _("Level")),
        Head("roles", _("Roles played")),
        Head("likeliest", _("Probability of the likeliest"), kind="share"),
        Head("evidence", _("Evidence")),
        Head("is_generated", _("Generated"), kind="flag"),
    )


def _names(request: HttpRequest, card: AccountCard) -> dict[str, str]:
    """Give the names of the people by id, to whoever may see them."""
    if not has_right(role_of(request), Right.SEE_PERSONS) or not card.people:
        return {}
    ids = [person.person_id for person in card.people]
    found = current_persons(current_workspace().register, person_ids=ids)
    return {p.person_id: f"{p.first_name or ''} {p.last_name or ''}".strip() for p in found}


def _facts(card: AccountCard) -> list[tuple[str, Any]]:
    """Give what is known of the organisation, with the reader's words; what is not is left out."""
    facts: Mapping[str, Any] = card.facts
    known = [
        (_("Web domain"), facts["domain"]),
        (_("Kind"), facts["kind"] and say_value("kind", facts["kind"])),
        (_("Kind, guessed"), _guessed_kind(facts)),
        (_("Industry"), facts["industry_code"]),
        (_("Employees"), _number(facts["employees"])),
        (_("Size band"), say_value("size_band", size_band(facts["employees"]) or "")),
        (_("Place in the supply chain"), _place(facts)),
        (_("Country"), facts["country"]),
        (_("Region"), facts["region"]),
        (_("City"), facts["city"]),
        (_("Relationship"), say_value("relationship", facts["relationship"] or "")),
        (_("Parent organisation"), "" if card.relatives.parent else facts["parent_name"]),
        (_("Fit with the market"), _share(facts.get("market_fit_share"))),
        (_("Probability of winning"), _share(facts.get("win_share"))),
    ]
    return [(label, value) for label, value in known if value not in (None, "")]


def _told_merge(record: MergedRecord) -> dict[str, Any]:
    """Give a record that is shown under this account, its reason in the reader's language."""
    reason = translate(record.reason, language=get_language() or "en")
    return {**vars(record), "reason": reason}


def _guessed_kind(facts: Mapping[str, Any]) -> str:
    """Say the kind that name, domain and industry suggest, where the source gives none."""
    if facts["kind"]:
        return ""
    industry = (facts["industry_scheme"] or "", facts["industry_code"] or "")
    found = guess_kind(facts["name"], domain=facts["domain"], industry=industry)
    return _sure(say_value("kind", found.kind.value), found.confidence_share) if found.kind else ""


def _place(facts: Mapping[str, Any]) -> str:
    """Say the place in the supply chain: the source's, else the one that the industry suggests."""
    if facts["supply_chain_place"]:
        return say_value("supply_chain_place", facts["supply_chain_place"])
    if not facts["industry_scheme"] or not facts["industry_code"]:
        return ""
    found = guess_place(f"{facts['industry_scheme']}:{facts['industry_code']}")
    if found is None:
        return ""
    return _sure(say_value("supply_chain_place", found.place.value), found.confidence_share)


def _sure(word: str, confidence_share: float) -> str:
    told = {"word": word, "share": share(confidence_share)}
    return _("%(word)s (guessed, %(share)s sure)") % told


def _number(value: Any) -> str:
    return "" if value is None else number(value)


def _share(value: Any) -> str:
    return "" if value is None else share(value)


def _caption(part: str) -> str:
    captions = {
        "people": _("People known there"),
        "deals": _("Deals, the newest first"),
        "touches": _("What touched the account, the newest first"),
    }
    return captions[part]
