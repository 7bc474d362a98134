"""What holds for any numbers, any days and any rows: read back exactly, or refused."""

from contextlib import closing
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from signoff.store.engines.duck import fresh_session
from signoff.store.imports.notation import Notation, decimal_mark_of, number_shape
from signoff.store.imports.reading import clean_sql, value_sql
from signoff.store.imports.target import TARGETS
from signoff.store.imports.trim import Record, trim_records

MONEY = TARGETS["account"].field("revenue")
DAY = TARGETS["opportunity"].field("began_on")
CENTS = st.integers(-(10**12), 10**12)
NOTATIONS = {"en": (",", "."), "fr": ("\u202f", ","), "de": (".", ","), "ch": ("'", ".")}


def _write(cents: int, locale: str) -> str:
    group, mark = NOTATIONS[locale]
    plain = f"{abs(cents) // 100:,}".replace(",", group)
    return f"{'-' if cents < 0 else ''}{plain}{mark}{abs(cents) % 100:02d}"


def _read(texts: list[str], sql: str) -> list[object]:
    with closing(fresh_session()) as session:
        session.execute("SET TimeZone = 'UTC'")
        found = session.execute(
            f"SELECT {sql} FROM (SELECT i, {clean_sql('t')} AS r FROM (SELECT "
            "unnest($1::VARCHAR[]) AS t, unnest(range(len($1::VARCHAR[]))) AS i)) ORDER BY i",
            [texts],
        ).fetchall()
    return [value for (value,) in found]


@settings(deadline=None, max_examples=40)
@given(st.lists(CENTS, min_size=1, max_size=50), st.sampled_from(sorted(NOTATIONS)))
def test_amounts_of_one_notation_sum_to_the_cent(amounts: list[int], locale: str) -> None:
    texts = [_write(cents, locale) for cents in amounts]
    point, comma, torn = decimal_mark_of(map(number_shape, texts), is_whole=False)
    mark = NOTATIONS[locale][1]
    assert (point, comma) == (mark == ".", mark == ",")
    assert not torn
    found = _read(texts, value_sql(MONEY, "r", notation=Notation(decimal_mark=mark)))
    assert found == [Decimal(cents) / 100 for cents in amounts]


@settings(deadline=None, max_examples=40)
@given(CENTS.filter(lambda cents: cents % 100 != 0))
def test_an_amount_in_the_other_notation_is_never_misread(cents: int) -> None:
    for written, read in (("en", ","), ("de", ".")):
        sql = value_sql(MONEY, "r", notation=Notation(decimal_mark=read))
        assert _read([_write(cents, written)], sql) == [None]


@settings(deadline=None, max_examples=40)
@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31)))
def test_days_are_read_back_in_each_order(day: date) -> None:
    for form, order in (("%d/%m/%Y", "dmy"), ("%m/%d/%Y", "mdy"), ("%Y-%m-%d", "mdy")):
        sql = value_sql(DAY, "r", notation=Notation(date_order=order))
        assert _read([day.strftime(form)], sql) == [day]


@settings(deadline=None)
@given(
    st.lists(st.lists(st.text("Total:©0123456789 -", max_size=9), min_size=1, max_size=4)),
    st.booleans(),
)
def test_every_record_is_a_row_or_left_out_in_order(rows: list[list[str]], report: bool) -> None:
    records = [Record(line, cells) for line, cells in enumerate(rows)]
    found = list(trim_records(records, n_columns=3, has_totals=report))
    assert sorted(item.line for item in found) == list(range(len(rows)))
    kept = [item for item in found if isinstance(item, Record)]
    assert kept == sorted(kept, key=lambda record: record.line)
