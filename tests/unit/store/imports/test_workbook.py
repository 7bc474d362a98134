"""Workbooks: the sheet with the table, numbers as they stand, what would exhaust memory."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from signoff.errors import DataError
from signoff.store.engines.duck import fresh_session
from signoff.store.imports.source import Source, open_source
from signoff.store.imports.workbook import check_workbook


def _cells(source: Source) -> list[list[str]]:
    return [record.cells for record in source.records()]


def _saved(book: Workbook, path: Path) -> Path:
    book.save(path)
    return path


def test_open_source_passes_a_cover_and_a_hidden_sheet(tmp_path: Path) -> None:
    book = Workbook()
    for line in ("Report", "made in 2026", "by nobody"):
        book.active.append([line])
    hidden = book.create_sheet("Lists")
    hidden.sheet_state = "hidden"
    hidden.append(["name", "country"])
    hidden.append(["Wrong", "FR"])
    table = book.create_sheet("Data")
    table.append(["name", "country"])
    table.append(["Acme", "FR"])
    source = open_source(_saved(book, tmp_path / "a.xlsx"))
    assert (source.sheet, source.other_sheets) == ("Data", ("Sheet", "Lists"))
    assert _cells(source)[1] == ["Acme", "FR"]


def test_open_source_numbers_are_never_taken_for_thousands(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["a", "b", "c", "d"])
    book.active.append([1.234, 0.1 + 0.2, 1234567890123456, 1e-7])
    assert _cells(open_source(_saved(book, tmp_path / "a.xlsx")))[1] == [
        "1.2340",
        "0.3",
        "1234567890123456",
        "1e-07",
    ]


def test_open_source_reads_days_counted_from_1904(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["a", "b"])
    moment = dt.datetime.fromisoformat("2026-01-06 10:22")
    book.active.append([dt.date(2026, 1, 5), moment])
    source = open_source(_saved(book, tmp_path / "a.xlsx"))
    assert _cells(source)[1] == ["2026-01-05", "2026-01-06 10:22:00"]


def test_open_source_parquet_fractions_and_zones(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with fresh_session() as session:
        session.execute(
            "COPY (SELECT 1.234::DECIMAL(9,3) AS a, 12.345::DOUBLE AS b, '1.234' AS c, "
            f"TIMESTAMPTZ '2026-01-05 23:30:00-05' AS d) TO '{path}'"
        )
    assert _cells(open_source(path))[1] == ["1.2340", "12.3450", "1.234", "2026-01-06 04:30:00+00"]


def test_check_workbook_refuses_a_cell_in_the_far_corner(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["name", "country"])
    book.active.cell(1_048_576, 16_384, "x")
    with pytest.raises(DataError, match="reaches to row 1,048,576 and column 16,384"):
        check_workbook(_saved(book, tmp_path / "a.xlsx"))


def test_check_workbook_refuses_parts_that_do_not_unpack(tmp_path: Path) -> None:
    path = _saved(Workbook(), tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    begins = part.header_offset + 30 + len(part.filename)
    content[begins : begins + 40] = b"\xff" * 40
    path.write_bytes(content)
    with pytest.raises(DataError, match="damaged"):
        check_workbook(path)


def test_check_workbook_refuses_parts_packed_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", "<x/>" * 100)
    with pytest.raises(DataError, match="packed in a way"):
        check_workbook(path)
