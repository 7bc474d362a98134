import csv
import time
from pathlib import Path

import pytest

from signoff.audience import classify_title, classify_titles, role_priors
from signoff.units import CommitteeRole, Function, Level

LABELLED = Path(__file__).with_name("titles.csv")
"""Labelled by hand; the lexicon was mended until all were read so: no measure of accuracy.

Five were relabelled: plant managers, school heads and coordinators by the guidelines of
benchmarks/title_labels, the controller as in the fresh list.
"""


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


def test_classify_title_in_one_language_leaves_the_other_s_phrases_out() -> None:
    assert "directeur" not in classify_title("Directeur des achats", language="en").evidence
    assert "directeur" in classify_title("Directeur des achats", language="fr").evidence


def test_classify_title_with_department_alone_assumes_a_specialist() -> None:
    reading = classify_title("Purchasing")
    assert (reading.level, reading.is_level_known) == (Level.SPECIALIST, False)


def test_classify_title_of_a_finance_head_approves() -> None:
    roles = classify_title("DAF").roles
    assert max(roles, key=roles.__getitem__) is CommitteeRole.APPROVER


def test_classify_titles_with_fewer_industries_than_titles_says_so() -> None:
    with pytest.raises(ValueError, match="shorter"):
        list(classify_titles(["CEO", "CFO"], industries=["26"]))


def test_classify_title_probabilities_are_low_for_what_is_guessed() -> None:
    known, guessed = classify_title("Acheteuse"), classify_title("Chef de batterie")
    assert known.function_probability > 0.8 > guessed.function_probability
    assert classify_title("asdf").function_probability == 0


def test_classify_title_of_a_level_alone_is_of_no_department() -> None:
    reading = classify_title("Stagiaire")
    assert (reading.function, reading.is_function_known) == (Function.OTHER, False)
    assert (reading.level, reading.is_level_known) == (Level.STAFF, True)


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


FRESH = Path(__file__).with_name("titles_fresh.csv")
"""62 titles labelled before they were read; 54 agreed at first sight, and none was mended since.

Five of the eight others differ by one level only, which two readers would dispute as well.
"""


def test_classify_title_agrees_with_titles_the_lexicon_was_not_made_from() -> None:
    with FRESH.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    read = [(classify_title(row["title"]), row) for row in rows]
    function = [reading.function == row["function"] for reading, row in read]
    both = [
        is_right and reading.level == row["level"]
        for is_right, (reading, row) in zip(function, read, strict=True)
    ]
    assert len(rows) == 62
    assert sum(function) / len(rows) > 0.95
    assert sum(both) / len(rows) > 0.85


@pytest.mark.parametrize("title", ["Ex-CEO", "Former CFO", "Ancien directeur", "Ancienne DRH"])
def test_classify_title_that_was_held_once_gives_no_role_now(title: str) -> None:
    reading = classify_title(title)
    assert (reading.is_function_known, reading.is_level_known) == (False, False)
    assert max(reading.roles.values()) <= 0.1


def test_classify_title_of_an_intern_is_no_physician() -> None:
    assert classify_title("Intern").function is Function.OTHER
    assert classify_title("Marketing Intern").function is Function.MARKETING_SALES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acheteur", "Acheteuse"),
        ("Directeur financier", "Directrice financière"),
        ("Ingénieur", "Ingénieure"),
        ("Chargé de recrutement", "Chargée de recrutement"),
        ("Technicien de maintenance", "Technicienne de maintenance"),
        ("Infirmier", "Infirmière"),
        ("Développeur web", "Développeuse web"),
        ("Contrôleur de gestion", "Contrôleur·euse de gestion"),
        ("Directeur des achats", "Directeur.trice des achats"),
        ("Conseiller juridique", "Conseillère juridique"),
        ("Consultant", "Consultante"),
        ("Assistant de direction", "Assistante de direction"),
    ],
)
def test_classify_title_reads_every_gender_alike(one: str, other: str) -> None:
    first, second = classify_title(one), classify_title(other)
    assert (first.function, first.level) == (second.function, second.level)
    assert first.is_level_known


@pytest.mark.parametrize(
    "title",
    [
        "🚀 CEO 🚀",
        "\u202eCEO\u202c",
        "\uff23\uff25\uff2f",
        "CEO\n",
        "<b>CEO</b>",
        "C.E.O.",
        "ceo;DROP TABLE",
    ],
)
def test_classify_title_sees_the_title_through_ornament(title: str) -> None:
    assert classify_title(title).level is Level.EXECUTIVE


@pytest.mark.parametrize(
    "title", ["مدير المشتريات", "מנהל רכש", "采购经理", "Руководитель закупок"]
)
def test_classify_title_in_another_script_says_that_no_word_is_known(title: str) -> None:
    assert classify_title(title).evidence == "no word known"


@pytest.mark.parametrize(
    "piece", ["a", "(", "·e", "x.y.", "-se-s", "directeur ", "CEO/", "r & d ", "\u0301"]
)
def test_classify_title_of_ten_thousand_characters_takes_no_time(piece: str) -> None:
    title = piece * (10_000 // len(piece))
    began = time.perf_counter()
    classify_title(title)
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_classify_title_knows_in_each_language_what_both_spell_alike(language: str) -> None:
    reading = classify_title("Vice-Consul", language=language)
    assert reading.function is Function.ADMINISTRATION
    assert reading.evidence.startswith("vice-consul: ")
