"""Text that is not TOML."""

import pytest

from signoff.brief.syntax import MAX_SYNTAX_FAULTS, UNREADABLE, parse_toml


def test_parse_toml_of_good_text_has_no_faults() -> None:
    parsed = parse_toml("a = 1\n[b]\nc = 'x'")
    assert (parsed.data, parsed.faults, parsed.is_whole) == ({"a": 1, "b": {"c": "x"}}, (), True)


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ("a = 12,5", "write 1234.5, not 1 234,5"),
        ("a = leads", 'write "leads"'),
        ('a = "leads', "close it on the same line"),
        ("a = 1 euro", "remove it, or quote the whole text"),
        ("b = 1\nb = 2", "keep one of the two"),
        ("hello", "write it so"),
    ],
)
def test_parse_toml_of_bad_line_says_how_to_write_it(line: str, fix: str) -> None:
    faults = parse_toml(line).faults
    assert faults[0].fix == fix
    assert faults[0].where.startswith("line ")


def test_parse_toml_goes_on_after_bad_lines() -> None:
    parsed = parse_toml("a = x\nb = 2\nc = y")
    assert parsed.is_whole
    assert parsed.data == {"a": UNREADABLE, "b": 2, "c": UNREADABLE}
    assert [fault.where.split(",")[0] for fault in parsed.faults] == ["line 1", "line 3"]


def test_parse_toml_of_unclosed_text_points_to_the_end() -> None:
    parsed = parse_toml('a = """never closed')
    assert not parsed.is_whole
    assert parsed.faults[0].where == "end of the file"


def test_parse_toml_of_another_kind_of_file_stops() -> None:
    parsed = parse_toml("\n".join(f"k{i} = x" for i in range(100)))
    assert len(parsed.faults) == MAX_SYNTAX_FAULTS
    assert not parsed.is_whole
