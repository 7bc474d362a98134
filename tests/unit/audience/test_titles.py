import csv
from pathlib import Path

import pytest

from signoff.audience import classify_title, classify_titles, role_priors
from signoff.units import CommitteeRole, Function, Level

LABELLED = Path(__file__).with_name("titles.csv")
"""Labelled by hand; the lexicon was mended until all were read so: no measure of accuracy."""


def labelled() -> list[dict[str, str]]:
    with LABELLED.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", labelled(), ids=lambda row: row["title"])
def test_classify_title_reads_labelled_titles(row: dict[str, str]) -> None:
    reading = classify_title(row["title"])
    assert (reading.function, reading.level) == (row["function"], row["level"]), reading.evidence


@pytest.mark.parametrize(
    "title", ["", "   ", "12345", "asdf qwer", "🚀🚀🚀", "<b>", "Jedi Master", "x" * 5000]
)
def test_classify_title_of_nonsense_is_other_with_low_shares(title: str) -> None:
    reading = classify_title(title)
    assert (reading.function, reading.level) == (Function.OTHER, Level.STAFF)
    assert not reading.is_level_known
    assert max(reading.roles.values()) <= 0.1
    assert reading.evidence == "no word known"


@pytest.mark.parametrize(
    "title", ["Student", "Retraité", "Looking for work", "En recherche d'emploi"]
)
def test_classify_title_of_people_without_a_job_is_other(title: str) -> None:
    assert classify_title(title).function is Function.OTHER


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("directeur des achats", "DIRECTEUR DES ACHATS"),
        ("directeur general", "Directeur Général"),
        ("responsable achats", "Responsable (F/H) Achats"),
        ("ingenieur", "Ingénieur·e"),
        ("charge de mission", "Chargé(e) de mission"),
        ("r&d manager", "R & D Manager"),
        ("vp finance", "V.P., Finance"),
    ],
)
def test_classify_title_does_not_mind_case_accents_and_endings(plain: str, written: str) -> None:
    one, other = classify_title(plain), classify_title(written)
    assert (one.function, one.level) == (other.function, other.level)


def test_classify_title_in_one_language_ignores_the_other() -> None:
    assert classify_title("Directeur des achats", language="en").level is not Level.DIRECTOR
    assert classify_title("Directeur des achats", language="fr").level is Level.DIRECTOR


def test_classify_title_with_department_alone_assumes_a_specialist() -> None:
    reading = classify_title("Purchasing")
    assert (reading.level, reading.is_level_known) == (Level.SPECIALIST, False)


def test_classify_title_of_a_finance_head_approves() -> None:
    roles = classify_title("DAF").roles
    assert max(roles, key=roles.__getitem__) is CommitteeRole.APPROVER


def test_classify_titles_keeps_order_and_repeats() -> None:
    titles = ["CEO", "", "CEO"]
    readings = list(classify_titles(titles))
    assert [reading.title for reading in readings] == titles
    assert readings[0] == readings[2]


def test_role_priors_cover_every_department_and_level() -> None:
    priors = role_priors()
    assert len(priors) == len(Function) * len(Level) + 1
    assert all(0 <= share <= 1 for roles in priors.values() for share in roles.values())
    assert all(set(roles) == set(CommitteeRole) for roles in priors.values())
