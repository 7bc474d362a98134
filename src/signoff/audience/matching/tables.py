"""Lists of firms and of answers as files have them, read into records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from signoff.audience.matching.decisions import PairDecision
from signoff.audience.matching.records import AccountRecord
from signoff.errors import DataError, Fault
from signoff.store.formats.format import fold

__all__ = ["read_account_rows", "read_decision_rows"]

Line = tuple[int, Sequence[str]]

HEADINGS = {
    "id": (
        "id", "record id", "account id", "accountid", "company id", "identifiant", "id compte",
        "reference", "ref", "numero", "external id", "unique id", "code client", "n client",
    ),
    "name": (
        "name", "company", "company name", "account name", "account", "firm", "organisation",
        "organization", "nom", "societe", "entreprise", "raison sociale", "nom de la societe",
        "nom de l entreprise", "nom du compte", "compte", "denomination", "organisation name",
    ),
    "website": (
        "website", "domain", "url", "web", "site", "site web", "site internet", "web site",
        "company domain name", "domaine", "nom de domaine", "email", "e mail", "mail",
        "adresse web", "homepage", "courriel", "adresse e mail", "website url",
    ),
    "country": ("country", "pays", "billing country", "country region", "country code",
                "pays region"),
    "city": ("city", "town", "ville", "commune", "billing city", "localite"),
    "postcode": (
        "postcode", "postal code", "zip", "zipcode", "zip code", "code postal", "cp",
        "billing zip postal code", "billing postal code",
    ),
    "industry": ("industry", "sector", "secteur", "secteur d activite", "industrie", "activite"),
}  # fmt: skip
"""Headings of each field in English and French, folded; the first found in a file counts."""

ANSWER_HEADINGS = {
    "id": ("id", "id a", "id 1", "record", "account id", "identifiant"),
    "other_id": ("other id", "id b", "id 2", "other", "other account id", "autre id", "id autre"),
    "same": ("same", "is same", "answer", "meme", "reponse", "identique"),
}
YES = frozenset("yes y true 1 same oui o vrai meme confirmed".split())  # noqa: SIM905 - a line of words
NO = frozenset("no n false 0 different non faux autre rejected".split())  # noqa: SIM905 - a line of words
MOST_FAULTS = 20


@dataclass(frozen=True)
class _Heading:
    line: int
    places: Mapping[str, tuple[int, ...]]
    width: int


def read_account_rows(lines: Iterable[Line], *, where: str) -> list[AccountRecord]:
    """Read a list of firms; columns in any order, headings in English or French, any case.

    Of several columns for one field (website and e-mail), the first that is filled counts. A list
    without an id column numbers its records from 1.

    Args:
        lines: Line number and cells, the heading first.
        where: The file, for messages.

    Returns:
        One record for each line that is not empty.

    Raises:
        DataError: no heading with a name or a domain, no records, or ids missing or twice.

    >>> rows = [(1, ["Raison sociale", "Site web"]), (2, ["Acme SARL", "acme.fr"])]
    >>> read_account_rows(rows, where="a.csv")[0].website
    'acme.fr'
    """
    filled = ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))
    heading = _read_heading(filled, HEADINGS, where=where)
    if not {"name", "website"} & set(heading.places):
        raise DataError(
            "no column has a name or a web domain",
            why="firms are recognised by name, website or mail domain; a country alone is no firm",
            fix="call one column name, company, website, domain or email (nom, societe, site web)",
            where=where,
        )
    found: list[AccountRecord] = []
    seen: dict[str, int] = {}
    faults: list[Fault] = []
    for number, (line, cells) in enumerate(filled, start=1):
        values = {field: _value(cells, places) for field, places in heading.places.items()}
        name = values.setdefault("id", str(number))
        faults += _id_faults(name, line=line, seen=seen, where=where)
        seen.setdefault(name, line)
        found.append(AccountRecord(**values))
    _refuse(faults, n_rows=len(found), where=where)
    return found


def read_decision_rows(lines: Iterable[Line], *, where: str) -> list[PairDecision]:
    """Read answers about pairs: id, other_id, same (yes or no; oui or non).

    Args:
        lines: Line number and cells, the heading first.
        where: The file, for messages.

    Raises:
        DataError: a column lacks, or an answer is neither yes nor no.

    >>> rows = [(1, ["id", "other_id", "same"]), (2, ["7", "9", "oui"])]
    >>> read_decision_rows(rows, where="pairs.csv")
    [PairDecision(id='7', other_id='9', is_same=True)]
    """
    filled = ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))
    heading = _read_heading(filled, ANSWER_HEADINGS, where=where)
    lacking = [field for field in ANSWER_HEADINGS if field not in heading.places]
    if lacking:
        raise DataError(
            f"no column {', '.join(lacking)} among the answers",
            why="an answer names two records and says whether they are one firm",
            fix="give the columns id, other_id and same",
            where=where,
        )
    found, faults = [], []
    for line, cells in filled:
        values = {field: _value(cells, places) for field, places in heading.places.items()}
        said = fold(values["same"])
        if said not in YES | NO:
            faults.append(_answer_fault(values["same"], line=line, where=where))
            continue
        found.append(PairDecision(values["id"], values["other_id"], is_same=said in YES))
    if faults:
        raise DataError(
            f"{len(faults):,} answers are neither yes nor no",
            why=faults[0].why,
            fix=faults[0].fix,
            where=where,
            faults=faults[:MOST_FAULTS],
        )
    return found


def _read_heading(
    lines: Iterable[Line], known: Mapping[str, Sequence[str]], *, where: str
) -> _Heading:
    for line, cells in lines:
        folded = [fold(cell) for cell in cells]
        places = {
            field: tuple(folded.index(name) for name in names if name in folded)
            for field, names in known.items()
        }
        return _Heading(line, {f: found for f, found in places.items() if found}, len(cells))
    raise DataError(
        "the file is empty",
        why="the first line names the columns",
        fix="give a file with a heading and at least one row",
        where=where,
    )


def _value(cells: Sequence[str], places: Sequence[int]) -> str:
    """Give the first filled cell of a field."""
    filled = (cells[place].strip() for place in places if place < len(cells))
    return next((cell for cell in filled if cell), "")


def _id_faults(name: str, *, line: int, seen: Mapping[str, int], where: str) -> list[Fault]:
    place = f"{where}, line {line}"
    if not name:
        return [Fault("the id is empty", "a record is known by its id", "fill it in", place)]
    if name in seen:
        why = f"line {seen[name]} has it already"
        fix = "give each record an id of its own; two exports in one file need a prefix each"
        return [Fault(f"id {name!r} stands again", why, fix, place)]
    return []


def _answer_fault(said: str, *, line: int, where: str) -> Fault:
    why = "an answer joins two records for good, or parts them"
    return Fault(f"{said!r} is neither yes nor no", why, "write yes or no", f"{where}, line {line}")


def _refuse(faults: Sequence[Fault], *, n_rows: int, where: str) -> None:
    if faults:
        raise DataError(
            f"{len(faults):,} records have no id of their own",
            why="a record is known by its id in the result and in answers about pairs",
            fix="give each record an id, or leave the column out: records are then numbered",
            where=where,
            faults=faults[:MOST_FAULTS],
        )
    if not n_rows:
        raise DataError(
            "the file has a heading and no rows",
            why="firms are found by comparing records",
            fix="give a file with at least one record",
            where=where,
        )
