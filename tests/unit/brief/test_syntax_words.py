"""What is said of a line that is not TOML."""

import pytest

from signoff.brief import read_brief, starter_brief
from signoff.brief.syntax import parse_toml
from signoff.errors import BriefError, Fault


def faults_of(*changes: tuple[str, str]) -> tuple[Fault, ...]:
    text = starter_brief()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(BriefError) as caught:
        read_brief(text)
    return caught.value.faults


@pytest.mark.parametrize(
    ("old", "new", "fix"),
    [
        ("2027-01-04", "04/01/2027", "write 2027-03-01"),
        ("2027-01-04", "2027-13-04", "write 2027-03-01"),
        ("budget = 60000", "budget = 60 000", "write 1234.5"),
        ("budget = 60000", "budget = 60\u202f000 €", "write 1234.5"),
        ("GBP = 1.15", "GBP = 1,15", "write 1234.5"),
        ('"Payroll Desk"', "“Payroll Desk”", 'write "Payroll Desk"'),
        ('"Payroll Desk"', "« Payroll Desk »", 'write "Payroll Desk"'),
        ("target = 40", "target: 40", "write key = value"),
        ("target = 40", "target = True", "write true or false"),
        ("target = 40", "target = forty # or fifty", 'write "forty"'),
        ("Payroll Desk", "Payroll\x07Desk", "type the line anew"),
        ('["GB", "FR"]', '["GB" "FR"]', "put a comma"),
        ('["GB", "FR"]', '["GB", "FR"', "] at the end"),
        ('"one named contact",', '"one named contact"', "put a comma"),
        ("[money]", "[money", "write it so"),
        ("target = 40", "target = 40\ntarget = 41", "keep one of the two"),
        ("target = 40", "target = " + "9" * 5000, "write the number that is meant"),
    ],
)
def test_read_brief_of_one_bad_line_gives_one_fault_with_its_line(
    old: str, new: str, fix: str
) -> None:
    (fault,) = faults_of((old, new))
    assert fix in fault.fix
    assert fault.where.startswith("line ")
    assert "unreadable" not in fault.text()


def test_read_brief_of_many_bad_lines_gives_each_once_in_order() -> None:
    faults = faults_of(
        ("2027-01-04", "04/01/2027"),
        ("target = 40", "target: 40"),
        ("GBP = 1.15", "GBP = 1,15"),
        ('"one named contact",', '"one named contact"'),
        ("power = 0.8", "power = 80"),
        ('language = "en"', 'language = "de"'),
    )
    lines = [fault.where.split(",")[0] for fault in faults]
    assert sorted(lines) == sorted(set(lines))
    assert [where for where in lines if where.startswith("line")] == [
        "line 24",
        "line 70",
        "line 93",
        "line 104",
    ]
    assert lines[-2:] == ["language", "measurement.power"]


def test_read_brief_that_stops_says_that_the_rest_is_checked_later() -> None:
    (fault,) = faults_of(("[period]", "[the period]"))
    assert fault.fix.endswith("the rest is checked after that")


def test_read_brief_of_nested_brackets_is_refused() -> None:
    with pytest.raises(BriefError, match="brackets"):
        read_brief("x = " + "[" * 5000)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_read_brief_reads_every_line_end(end: str) -> None:
    assert read_brief(starter_brief().replace("\n", end)).objective.target == 40


def test_parse_toml_counts_lines_as_editors_do() -> None:
    # a line separator and a next-line sign, pasted from a text processor, end no line of TOML
    parsed = parse_toml('a = "one\u2028two\x85three"\nb = x')
    assert parsed.faults[0].where.startswith("line 2,")
    assert parsed.data["a"] == "one\u2028two\x85three"


def test_parse_toml_of_a_long_number_in_a_text_or_remark_is_no_fault() -> None:
    assert parse_toml(f'a = "{"9" * 2000}"\n# {"9" * 2000}').faults == ()
