"""Rows as clean text: lines counted from the file, widths judged, folders private and gone."""

from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.imports import ImportOptions
from signoff.store.imports.detect import detect_source
from signoff.store.imports.plan import make_plan
from signoff.store.imports.source import open_source
from signoff.store.imports.staging import load_staged, open_desk, stage_rows
from signoff.store.imports.survey import survey_notations
from signoff.store.imports.target import TARGETS, find_target


def _say_nothing(doing: str, n_rows: int) -> None: ...


def _staged(folder: Path, text: str, options: ImportOptions) -> list[tuple[object, ...]]:
    path = folder / "file.csv"
    path.write_bytes(text.encode())
    source = open_source(path)
    detected = detect_source(source, options=options)
    with open_desk(folder / "desk") as session:
        staged = stage_rows(source, detected, folder=folder / "desk", on_progress=_say_nothing)
        load_staged(session, staged)
        return session.execute("SELECT * FROM staged ORDER BY line").fetchall()


def test_stage_rows_keeps_cells_as_they_are(tmp_path: Path, options: ImportOptions) -> None:
    text = 'name,city\n" a ""b"" ","x\ny"\n"c,d",\n\ufeffe,=f\n'
    assert _staged(tmp_path, text, options) == [
        (2, None, ' a "b" ', "x\ny"),
        (4, None, "c,d", None),
        (5, None, "\ufeffe", "=f"),
    ]


def test_stage_rows_notes_wrong_widths(tmp_path: Path, options: ImportOptions) -> None:
    text = "name,city,country\nA\nB,Paris,FR,,\nC,Lyon,FR,x\nD,Nice,FR\n"
    found = _staged(tmp_path, text, options)
    assert [(row[0], row[1]) for row in found] == [(2, 1), (3, None), (4, 4), (5, None)]


def test_stage_rows_heading_alone_is_refused(tmp_path: Path, options: ImportOptions) -> None:
    with pytest.raises(DataError, match="a heading and no rows"):
        _staged(tmp_path, "name,city\n", options)
    assert not (tmp_path / "desk").exists()


def test_open_desk_is_private_and_gone_after_a_failure(tmp_path: Path) -> None:
    folder = tmp_path / "desk"

    def fail() -> None:
        with open_desk(folder):
            assert folder.stat().st_mode & 0o077 == 0
            (folder / "rows.csv").write_text("a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_make_plan_names_every_lacking_column(tmp_path: Path, options: ImportOptions) -> None:
    path = tmp_path / "file.csv"
    path.write_text("venue id,from units\nv,1\n")
    from dataclasses import replace

    source = open_source(path)
    detected = detect_source(source, options=replace(options, table="rate"))
    with pytest.raises(DataError, match="lacks 1 of the columns of rate") as caught:
        make_plan(detected, options=options, currency="EUR")
    assert [fault.where for fault in caught.value.faults] == ["unit_price"]
    assert '"=value": "unit_price"' in caught.value.faults[0].fix


def test_make_plan_contact_needs_address_or_id(tmp_path: Path, options: ImportOptions) -> None:
    from dataclasses import replace

    path = tmp_path / "file.csv"
    path.write_text("last name,first name\nLee,Ann\n")
    detected = detect_source(open_source(path), options=replace(options, table="contact"))
    with pytest.raises(DataError) as caught:
        make_plan(detected, options=options, currency="EUR")
    assert "no column gives email or external_id" in caught.value.faults[0].what


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("name;revenue;employees\nA;1.234;7\nB;2,50;1.200\n", {"revenue": ",", "employees": ","}),
        ("name;revenue;employees\nA;12.34;7\nB;2.50;1\n", {"revenue": ".", "employees": "."}),
        ('name,revenue,employees\nA,"1,234",7\n', {"revenue": ".", "employees": "."}),
        ('name,revenue,employees\nA,"12,34",7\n', {"revenue": ",", "employees": ","}),
    ],
)
def test_survey_notations_settles_each_column(
    tmp_path: Path, options: ImportOptions, text: str, marks: dict[str, str]
) -> None:
    path = tmp_path / "file.csv"
    path.write_text(text)
    source = open_source(path)
    detected = detect_source(source, options=options)
    plan = make_plan(detected, options=options, currency="EUR")
    with open_desk(tmp_path / "desk") as session:
        staged = stage_rows(source, detected, folder=tmp_path / "desk", on_progress=_say_nothing)
        load_staged(session, staged)
        found = survey_notations(session, plan, kind="csv", separator=source.separator).notations
    assert {name: notation.decimal_mark for name, notation in found.items()} == marks


def test_targets_cover_the_tables_people_import() -> None:
    assert set(TARGETS) == {
        "account",
        "contact",
        "opportunity",
        "stage_change",
        "approval_step",
        "venue",
        "rate",
        "venue_audience",
        "venue_duplication",
        "venue_issue",
        "venue_package",
        "audience_evidence",
        "posterior",
        "spend",
        "event",
        "firm_owner",
        "firm_count",
    }


def test_no_personal_field_is_stored_in_the_lake() -> None:
    for target in TARGETS.values():
        columns = {column.name for column in target.table.columns}
        personal = {field.name for field in target.fields if field.is_personal}
        assert personal.isdisjoint(columns)
        assert all(field.name in columns for field in target.fields if field.is_stored)
        assert find_target(target.name) is target
