"""What a file is, by content; what is refused before anything parses it."""

import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.imports.dialect import detect_separator, read_separated
from signoff.store.imports.encoding import detect_encoding
from signoff.store.imports.kind import detect_kind
from signoff.store.imports.source import open_source
from signoff.store.imports.workbook import check_workbook


def _file(folder: Path, content: bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n\n", "empty"),
        (b"%PDF-1.7 x", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"),
        (b"<html><table>", "a web page"),
        (b'[{"a": 1}]', "JSON"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x7fELF" + bytes(20) + b"xyz", "not text"),
    ],
)
def test_detect_kind_refuses_what_is_no_table(tmp_path: Path, content: bytes, what: str) -> None:
    with pytest.raises(DataError, match=what):
        detect_kind(_file(tmp_path, content))


def test_detect_kind_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no file"):
        detect_kind(tmp_path / "none.csv")
    with pytest.raises(DataError, match="not a file"):
        detect_kind(tmp_path)


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_detect_encoding_reads_accents_back(tmp_path: Path, name: str) -> None:
    text = "société;numéro\n" + "Éclair;1\n" * 5000
    path = _file(tmp_path, text.encode(name))
    assert path.read_text(encoding=detect_encoding(path)) == text


def test_detect_encoding_unknown_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        detect_encoding(_file(tmp_path, b"name\n\x81\x8d\xff\x9d\n"))


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a\tb, c\n1\t2, 3\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("name\nAcme\n", ","),
        ("Report\n\na;b;c\n1;2;3\n4;5;6\n", ";"),
    ],
)
def test_detect_separator(tmp_path: Path, text: str, separator: str) -> None:
    path = _file(tmp_path, text.encode())
    assert detect_separator(path, encoding="utf-8-sig") == separator


def test_read_separated_counts_lines_across_quoted_breaks(tmp_path: Path) -> None:
    path = _file(tmp_path, b'a,b\n"x\ny",1\n\nz,2\n')
    found = list(read_separated(path, encoding="utf-8", separator=","))
    assert found == [(1, ["a", "b"]), (2, ["x\ny", "1"]), (5, ["z", "2"])]


def test_read_separated_open_quote_names_its_line(tmp_path: Path) -> None:
    path = _file(tmp_path, b'a,b\n1,2\n"x,3\n' + b"4,5\n" * 400)
    with pytest.raises(DataError, match=r"line 3 .*never closed"):
        list(read_separated(path, encoding="utf-8", separator=","))


def test_open_source_reads_a_workbook_as_text(tmp_path: Path) -> None:
    import datetime as dt

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Rapport"])
    sheet.append(["name", "revenue", "employees", "founded", "active"])
    sheet.append(["Acme", 1234.5, 12, dt.date(2026, 1, 31), True])
    sheet.append(["=1+1", None, 3.0, None, None])
    path = tmp_path / "accounts.csv"  # the content counts, not the name
    book.save(path)
    source = open_source(path)
    assert source.kind == "xlsx"
    records = [(record.line, record.cells) for record in source.records()]
    assert records[2] == (3, ["Acme", "1234.5", "12", "2026-01-31", "true"])
    assert records[3][1][2] == "3"


def _zip_with(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_check_workbook_refuses_a_declared_bomb(tmp_path: Path) -> None:
    zeros = b"0" * (100 << 20)
    path = _zip_with(tmp_path / "b.xlsx", {"xl/workbook.xml": b"<x/>", "xl/s.xml": zeros})
    with pytest.raises(DataError, match=r"declares 105 MB"):
        check_workbook(path)


def test_check_workbook_refuses_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    zeros = b"0" * (100 << 20)
    path = _zip_with(tmp_path / "b.xlsx", {"xl/workbook.xml": b"<x/>", "xl/s.xml": zeros})
    honest = struct.pack("<L", len(zeros))
    path.write_bytes(path.read_bytes().replace(honest, struct.pack("<L", 1000)))
    with zipfile.ZipFile(path) as archive:
        assert sum(part.file_size for part in archive.infolist()) < 2000
    with pytest.raises(DataError, match="unpacks to at least"):
        check_workbook(path)


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil", "a/../../b"])
def test_check_workbook_refuses_paths_that_lead_outside(tmp_path: Path, name: str) -> None:
    path = _zip_with(tmp_path / "b.xlsx", {"xl/workbook.xml": b"<x/>", name: b"x"})
    with pytest.raises(DataError, match="leads outside"):
        check_workbook(path)


def test_check_workbook_refuses_a_link(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(DataError, match="leads outside"):
        check_workbook(path)


def test_check_workbook_names_what_another_archive_holds(tmp_path: Path) -> None:
    path = _zip_with(tmp_path / "b.zip", {"Queries.csv": b"a,b"})
    with pytest.raises(DataError, match=r"archive, not an XLSX workbook.*Queries\.csv"):
        check_workbook(path)


def test_check_workbook_damaged_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="damaged"):
        check_workbook(_file(tmp_path, b"PK\x03\x04" + zlib.compress(b"x")))


def test_open_source_parquet_and_what_it_refuses(tmp_path: Path) -> None:
    from signoff.store.engines.duck import fresh_session

    path, nested = tmp_path / "a.parquet", tmp_path / "b.parquet"
    with fresh_session() as session:
        session.execute(
            "COPY (SELECT 'Acme' AS name, 1.50::DECIMAL(9,2) AS revenue, DATE '2026-01-31' AS d, "
            f"NULL AS n) TO '{path}'"
        )
        session.execute(f"COPY (SELECT [1, 2] AS x) TO '{nested}'")
    records = [record.cells for record in open_source(path).records()]
    assert records == [["name", "revenue", "d", "n"], ["Acme", "1.50", "2026-01-31", ""]]
    with pytest.raises(DataError, match="lists or records: x"):
        open_source(nested)
    with pytest.raises(DataError, match="cannot be imported"):
        open_source(_file(tmp_path, b"PAR1 damaged", "c.parquet"))


@pytest.mark.parametrize(
    "content",
    [
        b"<table><tr><td>name</td></tr></table>",
        b'<meta charset="utf-8">\n<table>',
        "<html><body>".encode("utf-16"),
        "name,country\n".encode("utf-32"),
    ],
)
def test_detect_kind_refuses_pages_and_rare_encodings(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DataError, match=r"web page|UTF-32"):
        detect_kind(_file(tmp_path, content))


def test_detect_kind_refuses_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(DataError, match="a pipe or a device"):
        detect_kind(tmp_path / "pipe.csv")


def test_detect_encoding_two_in_one_file_are_refused_with_the_line(tmp_path: Path) -> None:
    content = "name\nSociété\n".encode() + b"Caf\xe9\n"
    with pytest.raises(DataError, match=r"line 3 .*not in UTF-8"):
        detect_encoding(_file(tmp_path, content))


def test_detect_encoding_zero_byte_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"line 3 .*zero byte"):
        detect_encoding(_file(tmp_path, b"name\nA\nB\0\n"))
