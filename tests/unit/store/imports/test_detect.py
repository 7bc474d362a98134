"""Heading, format and mapping."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.imports import ImportOptions, detect_file
from signoff.store.imports.period import read_period


def _detect(folder: Path, text: str, options: ImportOptions | None = None):  # noqa: ANN202 - Detected
    path = folder / "file.csv"
    path.write_text(text)
    return detect_file(path, options=options)


def test_detect_file_finds_the_heading_under_a_preamble(tmp_path: Path) -> None:
    found = _detect(tmp_path, "Export\nmade;today;x\n\nNom;Pays;Ville;Nom\nA;FR;Paris;B\n")
    assert (found.heading_line, found.separator, found.table) == (4, ";", "account")
    assert found.headings == ("Nom", "Pays", "Ville", "Nom (2)")
    assert dict(found.mapping) == {"Nom": "name", "Pays": "country", "Ville": "city"}
    assert "Nom → name" in found.text()
    assert found.rows()[3]["left_out_because"] == "no column here is filled from it"


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        (
            "Pays,Région,Nomenclature,Code activité,Tranche d'effectif,Entreprises,Année,Source",
            "firm_count",
        ),
        ("venue_id,units_from,unit_price,currency", "rate"),
        ("venue_id,country,segment,role,reach_share,reach_low_share", "venue_audience"),
        ("venue_id,role,method,study,reach_share,n_effective", "audience_evidence"),
        ("item,measure,value,low,high,grounds", "posterior"),
        ("venue_id,other_venue_id,both_share,source", "venue_duplication"),
        ("venue_id,name,kind,unit,currency,response_share", "venue"),
        ("case,act,t,role,amt", "approval_step"),
        ("first name,last name,email,company", "contact"),
        ("occurred_at,kind,visitor,page", "event"),
        ("deal id,stage,changed at", "stage_change"),
        ("Date,Support,Campagne,Dépense,Clics", "spend"),
    ],
)
def test_detect_file_tells_tables_by_their_columns(
    tmp_path: Path, heading: str, table: str
) -> None:
    assert (
        _detect(tmp_path, f"{heading}\n{','.join('x' * len(heading.split(',')))}\n").table == table
    )


def test_detect_file_format_nobody_knows_is_refused(tmp_path: Path, options: ImportOptions) -> None:
    from dataclasses import replace

    with pytest.raises(DataError, match="there is no format 'x'"):
        _detect(tmp_path, "name\nA\n", replace(options, format="x"))
    with pytest.raises(DataError, match="nothing is imported as 'x'"):
        _detect(tmp_path, "name\nA\n", replace(options, table="x"))


@pytest.mark.parametrize(
    "line",
    [
        "January 1, 2026 - January 31, 2026",
        "1 janv. 2026 \u2013 31 janv. 2026",
        "1. Januar 2026 - 31. Januar 2026",
        "01.01.2026 - 31.01.2026",
        "2026-01-01 to 2026-01-31",
        "du 1er janvier 2026 au 31 janvier 2026",
    ],
)
def test_read_period_in_three_languages(line: str) -> None:
    found = read_period(["Report", line])
    assert found
    assert [day.isoformat() for day in found] == ["2026-01-01", "2026-01-31"]


def test_read_period_ambiguous_slashes_need_an_order() -> None:
    assert read_period(["1/2/2026 - 3/4/2026"]) is None
    found = read_period(["1/2/2026 - 3/4/2026"], date_order="dmy")
    assert found
    assert found[0].isoformat() == "2026-02-01"


DEALS = "Nom de la transaction;Société;Montant;Devise;Étape;Date de création;Date de clôture\n"


def test_detect_file_that_would_lose_most_columns_is_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(DataError) as told:
        _detect(tmp_path, DEALS + "Paie;Dupré;1;EUR;Gagnée;03/02/2025;31/05/2025\n")
    assert "Montant" in told.value.fault.why
    assert "--table account" in told.value.fault.fix


def test_detect_file_named_table_settles_what_few_columns_cannot(tmp_path: Path) -> None:
    named = ImportOptions(by="", at=datetime(2026, 1, 1, tzinfo=UTC), table="account")
    found = _detect(tmp_path, DEALS + "Paie;Dupré;1;EUR;Gagnée;03/02/2025;31/05/2025\n", named)
    assert dict(found.mapping) == {"Société": "name", "Devise": "currency"}


def test_detect_file_columns_without_a_name_do_not_count_as_unknown(tmp_path: Path) -> None:
    found = _detect(tmp_path, "Nom;Pays;;;;\nA;FR;;;;\n")
    assert found.table == "account"


def test_detect_file_french_fonction_is_the_job_title(tmp_path: Path) -> None:
    found = _detect(tmp_path, "Prénom;Nom;E-mail;Fonction\nZoé;Roy;z@a.example;DRH\n")
    assert found.mapping["Fonction"] == "title"


def test_detect_file_french_customer_status_is_the_relationship(tmp_path: Path) -> None:
    found = _detect(tmp_path, "Raison sociale;Pays;Statut client\nA;FR;Ancien client\n")
    assert found.mapping["Statut client"] == "relationship"
