import csv
from pathlib import Path

import pytest

from signoff.audience import read_title_file, write_title_file
from signoff.errors import DataError
from signoff.units import CommitteeRole


def write(folder: Path, text: str) -> Path:
    path = folder / "titles.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "heading", ["title", "Job Title", "job_title", "Intitulé", "POSTE", "Fonction", "\ufefftitle"]
)
def test_read_title_file_finds_the_column_under_its_many_names(
    heading: str, tmp_path: Path
) -> None:
    rows = read_title_file(write(tmp_path, f"id,{heading}\n1,Acheteuse\n2,CEO\n"))
    assert [row.reading.function for row in rows] == ["purchasing", "general_management"]
    assert [row.id for row in rows] == ["1", "2"]


def test_read_title_file_without_titles_names_the_columns_found(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_title_file(write(tmp_path, "name,city\nA,Paris\n"))
    assert "name, city" in str(caught.value)


def test_read_title_file_of_a_heading_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("id,poste\n", encoding="utf-8")
    with pytest.raises(DataError, match="a heading and no rows"):
        read_title_file(path)


def test_read_title_file_keeps_lines_without_a_title(tmp_path: Path) -> None:
    rows = read_title_file(write(tmp_path, "id,title\n1,\n2,CEO\n3,asdf\n"))
    assert [row.reading.evidence == "no word known" for row in rows] == [True, False, True]


def test_read_title_file_takes_the_language_of_the_line(tmp_path: Path) -> None:
    rows = read_title_file(
        write(tmp_path, "title,language\nDirecteur des achats,fr\nBuyer,en-GB\nDAF,\n")
    )
    assert [row.reading.function for row in rows] == ["purchasing", "purchasing", "finance"]


def test_read_title_file_lets_the_industry_move_a_doubtful_department(tmp_path: Path) -> None:
    rows = read_title_file(
        write(tmp_path, "title,naf\nTechnicien,62.01Z\nTechnicien,86.10Z\nTechnicien,nonsense\n")
    )
    assert len({row.reading.function_probability for row in rows}) > 1


def test_write_title_file_gives_every_role_and_no_formula(tmp_path: Path) -> None:
    rows = read_title_file(write(tmp_path, 'id,title\n1,"=HYPERLINK(""x"")"\n2,CFO\n'))
    out = tmp_path / "roles.csv"
    write_title_file(rows, path=out)
    with out.open(encoding="utf-8") as file:
        written = list(csv.DictReader(file))
    assert {role.value for role in CommitteeRole} <= set(written[0])
    assert written[0]["title"].startswith("'=")
    assert (written[1]["id"], written[1]["function"]) == ("2", "finance")


def test_write_title_file_without_ids_has_no_column_for_them(tmp_path: Path) -> None:
    out = tmp_path / "roles.csv"
    write_title_file(read_title_file(write(tmp_path, "title\nCFO\n")), path=out)
    assert out.read_text(encoding="utf-8").startswith("title,function,")
