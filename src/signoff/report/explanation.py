"""Why a number of a report is what it is: what it counts, in which unit, and what made it."""

import re
from dataclasses import dataclass

from signoff.errors import MissingError
from signoff.plan import CampaignPlan, SourceNote
from signoff.report.document import Document, Number, numbers_of
from signoff.report.number_unit import unit_of
from signoff.report.plan_report import compose_report
from signoff.report.subject import Citation, subject_of
from signoff.report.trace import explain_path, look_up
from signoff.report.wording import Catalog, read_catalog

__all__ = ["NumberExplanation", "explain_number", "generic_path"]

ENDS = ("low", "high", "level_share")
ORDINALS = ("first", "second")
DRAWN = (
    "venues.result",
    "venues.caution",
    "venues.covered_accounts",
    "venues.reach_by_role",
    "venues.timing.",
)


@dataclass(frozen=True)
class NumberExplanation:
    """Where one number of a report comes from.

    Attributes:
        path: Where it stands in the plan.
        value: The number with all its digits.
        shown: As the report shows it.
        meaning: What it counts or measures, in words.
        subject: Of what: a venue, an account, a role; empty where it is of the whole plan.
        unit: Its unit, in words.
        interval: Path and shown text of the ends and the level of its interval, if it has one.
        part: Name of the part of the plan whose note explains it.
        note: How numbers of that part were made.
        tables: Tables of the lake, or documents, that they were made from.
        basis: What a venue's facts stand on: measured, or a prior.
        citations: Sources named in the line it stands in.
        remarks: What else decides how to read it.
    """

    path: str
    value: str
    shown: str
    meaning: str
    subject: str
    unit: str
    interval: tuple[Number, ...]
    part: str
    note: str
    tables: tuple[str, ...]
    basis: str
    citations: tuple[Citation, ...]
    remarks: tuple[str, ...]


def explain_number(
    plan: CampaignPlan, path: str, *, language: str, report: Document | None = None
) -> NumberExplanation:
    """Say why a number of the report is what it is.

    Args:
        plan: The plan.
        path: Where the number stands in the plan, as the report gives it.
        language: "en" or "fr".
        report: The plan's report in that language, where it is at hand; else it is composed.

    Returns:
        What it is, exactly, and everything that it rests on besides the run itself.

    Raises:
        MissingError: the report shows no number of that path.

    Call it with a kept plan: `explain_number(load_plan(workspace), "venues.total_spend",
    language="en")`.
    """
    catalog = read_catalog(language)
    shown = _shown_numbers(report or compose_report(plan, language=language))
    if path not in shown:
        raise MissingError(
            f"the report shows no number at {path[:200]!r}",
            why="only numbers that stand in the report are explained",
            fix="choose a number in the report",
            where="path",
        )
    generic = generic_path(path)
    note = _note(plan, path)
    return NumberExplanation(
        path=path,
        value=shown[path].value,
        shown=shown[path].text,
        meaning=_meaning(catalog, generic),
        subject=subject_of(plan, path, catalog=catalog),
        unit=unit_of(plan, path, generic=generic, catalog=catalog),
        interval=_interval(path, shown),
        part=catalog.term("path", note.path),
        note=catalog.texts.get(f"source.{note.path}", note.text),
        tables=note.tables,
        basis=_basis(plan, path, catalog),
        citations=_citations(plan, path),
        remarks=_remarks(plan, path),
    )


def generic_path(path: str) -> str:
    """Give a path without its places in lists, and of an estimate without its ends.

    >>> generic_path("venues.lines[3].spend"), generic_path("venues.result.value")
    ('venues.lines.spend', 'venues.result')
    >>> generic_path("count(venues.lines[*].in_plan)")
    'venues.lines.in_plan'
    >>> generic_path("holdout.n_needed_by_difference[2][1]")
    'holdout.n_needed_by_difference.second'
    """
    inner = re.sub(r"^(?:len|count|sum)\((.+)\)$", r"\1", path)
    named = re.sub(r"\]\[(\d)\]$", lambda found: f"].{ORDINALS[int(found[1])]}", inner)
    plain = re.sub(r"\[(?:\d+|\*)\]", "", named)
    # a point of the curve holds its ends itself, beside its result
    return re.sub(r"(?<!venues\.curve)\.(?:value|low|high|level_share)$", "", plain)


def _shown_numbers(report: Document) -> dict[str, Number]:
    """Give the numbers of a report by path; of several forms of one, the first."""
    shown: dict[str, Number] = {}
    for section in report.sections:
        for number in numbers_of(section.blocks):
            shown.setdefault(number.path, number)
    return shown


def _meaning(catalog: Catalog, generic: str) -> str:
    return catalog.word(f"number.{generic}")


def _note(plan: CampaignPlan, path: str) -> SourceNote:
    place = explain_path(path, plan.sources)
    if place is None:
        return SourceNote(path.partition(".")[0], "", ())
    return plan.sources[place]


def _interval(path: str, shown: dict[str, Number]) -> tuple[Number, ...]:
    """Give the ends of the interval that a value stands in, as far as the report shows them."""
    stem, _, end = path.rpartition(".")
    if end not in ("value", *ENDS):
        return ()
    return tuple(shown[f"{stem}.{name}"] for name in ENDS if f"{stem}.{name}" in shown)


def _basis(plan: CampaignPlan, path: str, catalog: Catalog) -> str:
    line = _venue_line(path)
    return "" if line is None else catalog.term("basis", str(look_up(plan, f"{line}.basis")))


def _citations(plan: CampaignPlan, path: str) -> tuple[Citation, ...]:
    line, package = _venue_line(path), _package_line(path)
    owner = re.match(r"owners\[\d+\]", path)
    wanted = {
        "source": ("source", "source_url"),
        "price_source": ("price_source", "price_source_url"),
    }
    if owner:
        wanted, line = {"source": wanted["source"]}, owner[0]
    if package:
        wanted, line = {"price_source": wanted["source"]}, package
    if line is None:
        return ()
    made = [
        Citation.of(name, look_up(plan, f"{line}.{text}"), look_up(plan, f"{line}.{address}"))
        for name, (text, address) in wanted.items()
    ]
    return tuple(citation for citation in made if citation.text)


def _remarks(plan: CampaignPlan, path: str) -> tuple[str, ...]:
    line = _venue_line(path) or _package_line(path)
    if line is not None:
        return (str(look_up(plan, f"{line}.reason")),)
    return (plan.venues.draws_note,) if path.startswith(DRAWN) else ()


def _package_line(path: str) -> str | None:
    found = re.match(r"venues\.packages\[\d+\]", path)
    return found[0] if found else None


def _venue_line(path: str) -> str | None:
    found = re.match(r"venues\.lines\[\d+\]", path)
    return found[0] if found else None
