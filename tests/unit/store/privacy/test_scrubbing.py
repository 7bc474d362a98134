"""Taking a person out of files, kind by kind."""

import hashlib
import json
import zipfile
import zlib
from pathlib import Path

import duckdb
import pytest

from signoff.store.privacy.scrubbing import holds_person, scrub_file, scrub_folders
from signoff.store.privacy.traces import Traces

TRACES = Traces(words=("ann@x.fr",), phones=(), names=(("ann", "lee"),))


def test_scrub_file_parquet_loses_the_rows_and_its_manifest_stays_true(tmp_path: Path) -> None:
    path = tmp_path / "person_fact" / "part-00000.parquet"
    path.parent.mkdir()
    with duckdb.connect() as session:
        rows = "(VALUES ('ANN@x.fr', 1), ('bo@x.fr', 2), (NULL, 3)) AS t(mail, n)"
        session.execute(f"COPY (SELECT * FROM {rows}) TO '{path}' (FORMAT parquet)")
    stated = {"tables": [{"path": "person_fact/part-00000.parquet", "n_rows": 3, "sha256": "0"}]}
    (tmp_path / "manifest.json").write_text(json.dumps(stated))
    done = scrub_file(path, TRACES)
    assert done is not None
    assert (done.action, done.n_rows) == ("rows removed", 1)
    with duckdb.connect() as session:
        kept = session.execute(f"SELECT n FROM read_parquet('{path}') ORDER BY n").fetchall()
    assert kept == [(2,), (3,)]
    (table,) = json.loads((tmp_path / "manifest.json").read_text())["tables"]
    assert table["n_rows"] == 2
    assert table["n_bytes"] == path.stat().st_size
    assert table["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert scrub_file(path, TRACES) is None


def test_scrub_file_csv_keeps_every_other_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbfmail;note\r\n"ann@x.fr";1\r\nbo@x.fr;"a\r\nb ""c"""\r\n')
    path.chmod(0o600)
    done = scrub_file(path, TRACES)
    assert done is not None
    assert path.read_bytes() == b'\xef\xbb\xbfmail;note\r\nbo@x.fr;"a\r\nb ""c"""\r\n'
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_scrub_file_pdf_is_searched_inside_its_streams(tmp_path: Path) -> None:
    packed = zlib.compress(b"BT (write to ann@x.fr) Tj ET")
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\nstream\n" + packed + b"endstream\n")
    done = scrub_file(path, TRACES)
    assert done is not None
    assert done.action == "deleted"
    assert not path.exists()


@pytest.mark.parametrize("content", [b"nobody", b"%PDF-1.7\nstream\nnot packedendstream"])
def test_scrub_file_without_the_person_is_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert scrub_file(path, TRACES) is None
    assert path.read_bytes() == content


def test_scrub_file_broken_json_is_taken_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"mail": "ann@x.fr"}\n{"mail": "bo@x.fr"}\n')
    assert scrub_file(path, TRACES) is not None
    assert path.read_text() == '{"mail": "bo@x.fr"}\n'


def test_scrub_file_zip_without_the_person_is_untouched(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("x.xml", "bo@x.fr" * 99)
    assert scrub_folders([tmp_path, tmp_path / "none"], TRACES) == []


def test_scrub_file_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("ann@x.fr")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real")
    assert scrub_file(tmp_path / "link.csv", TRACES) is None
    assert (tmp_path / "real").read_text() == "ann@x.fr"


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_scrub_file_csv_in_any_code_keeps_the_others_in_it(tmp_path: Path, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("nom;tél\nLee;Ann\nÉtienne;x\n".encode(code))
    assert holds_person(path, TRACES)
    done = scrub_file(path, TRACES)
    assert done is not None
    assert (done.action, done.n_rows) == ("rows removed", 1)
    assert path.read_bytes() == "nom;tél\nÉtienne;x\n".encode(code)
    assert not holds_person(path, TRACES)


def test_scrub_file_parquet_is_searched_by_name_and_number_too(tmp_path: Path) -> None:
    traces = Traces(words=(), phones=("698765432",), names=(("zoe", "lee"),))
    path = tmp_path / "it's.parquet"
    rows = "(VALUES ('Zoé', 'LEE', 1), ('x', '+33 6 98 76 54 32', 2), ('y', 'z', 3)) AS t(a, b, n)"
    with duckdb.connect() as session:
        target = str(path).replace("'", "''")
        session.execute(f"COPY (SELECT * FROM {rows}) TO '{target}' (FORMAT parquet)")
    assert holds_person(path, traces)
    done = scrub_file(path, traces)
    assert done is not None
    assert done.n_rows == 2
    with duckdb.connect() as session:
        assert session.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall() == [
            ("y", "z", 3)
        ]
    assert not holds_person(path, traces)


def test_scrub_file_page_names_her_in_two_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<tr><td>Lee</td><td>Ann</td></tr>")
    path.with_suffix(".pdf").write_bytes(b"%PDF-1.7")
    done = scrub_folders([tmp_path], TRACES)
    assert [file.action for file in done] == ["deleted", "deleted"]
    assert list(tmp_path.iterdir()) == []


def test_holds_person_looks_inside_a_workbook_and_not_behind_a_link(tmp_path: Path) -> None:
    book, link = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.xml", "<si><t>Ann</t></si><si><t>Lee</t></si>")
    link.symlink_to(book)
    assert holds_person(book, TRACES)
    assert not holds_person(link, TRACES)
    assert not holds_person(tmp_path, TRACES)
