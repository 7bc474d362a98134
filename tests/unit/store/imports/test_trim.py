"""Rows told from totals and footers; a firm called Total is a row."""

from signoff.store.imports.trim import LeftOut, Record, trim_records


def _kept(
    rows: list[list[str]], *, n_columns: int, has_totals: bool = False
) -> tuple[list[int], list[tuple[int, str]]]:
    records = [Record(line, cells) for line, cells in enumerate(rows, start=2)]
    found = list(trim_records(records, n_columns=n_columns, has_totals=has_totals))
    kept = [item.line for item in found if isinstance(item, Record)]
    return kept, [(item.line, item.why) for item in found if isinstance(item, LeftOut)]


def test_trim_records_a_labelled_sum_at_the_end_is_a_total() -> None:
    rows = [["A", "1", "x"], ["B", "2", "y"], ["Total général", "3", ""]]
    assert _kept(rows, n_columns=3) == ([2, 3], [(4, "a total")])


def test_trim_records_a_firm_called_total_is_kept() -> None:
    rows = [["A", "Paris", "1"], ["Total", "Paris", "2"]]
    assert _kept(rows, n_columns=3) == ([2, 3], [])


def test_trim_records_a_total_far_from_the_end_is_a_row_unless_a_report() -> None:
    rows = [["Total: Search", "1", "2"], *[["A", "1", "2"]] * 20]
    assert len(_kept(rows, n_columns=3)[0]) == 21
    assert _kept(rows, n_columns=3, has_totals=True)[1] == [(2, "a total")]


def test_trim_records_footers_and_empty_lines_at_the_end_go() -> None:
    rows = [["A", "1", "2"], ["", "", ""], ["Confidential Information"], ["©2026", "", ""]]
    assert _kept(rows, n_columns=3) == (
        [2],
        [(3, "an empty line"), (4, "a footer"), (5, "a footer")],
    )


def test_trim_records_nothing_but_rows() -> None:
    assert _kept([["A"], ["Total"]], n_columns=1) == ([2, 3], [])
