"""Tables of pages: what the address says of each, alone and beside others."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from signoff.app.web.tables import Head, Table, export_table, show_table
from signoff.errors import DataError

HEADS = (
    Head("name", "Name"),
    Head("n", "Number", kind="number"),
    Head("kind", "Kind", choices=(("a", "A"), ("b", "B"))),
)
ROWS = [{"name": f"row {n}", "n": n, "kind": "ab"[n % 2]} for n in range(60)]


def asked(query: str) -> HttpRequest:
    return RequestFactory().get(f"/somewhere?{query}")


def shown(request: HttpRequest, prefix: str = "") -> Table:
    return show_table(
        request, ROWS, name=prefix + "rows", caption="Rows", heads=HEADS, prefix=prefix
    )


def column(table: Table, place: int) -> list[Any]:
    return [line[place].value for line in table.lines]


def test_table_alone_reads_plain_parameters() -> None:
    table = shown(asked("sort=-n&kind=b&q=row"))
    assert column(table, 1)[:3] == [59, 57, 55]


def test_two_tables_of_a_page_are_sorted_filtered_and_turned_apart() -> None:
    request = asked("leads-sort=-n&deals-kind=a&deals-page=2&deals-rows=25")
    leads, deals = shown(request, "leads-"), shown(request, "deals-")
    assert column(leads, 1)[:2] == [59, 58]
    assert column(leads, 2)[:2] == ["b", "a"]
    assert column(deals, 1) == [50, 52, 54, 56, 58]
    assert (leads.state.page, deals.state.page) == (1, 2)


def test_link_of_one_table_keeps_what_the_address_says_of_the_other() -> None:
    request = asked("leads-sort=n&leads-page=2&deals-page=2")
    address, now = shown(request, "leads-").sorts()["n"]
    assert now == "ascending"
    assert address == "?leads-sort=-n&deals-page=2"
    assert shown(request, "deals-").previous == "?leads-sort=n&leads-page=2&deals-page=1"


def test_form_of_a_table_sends_along_what_is_not_its_own() -> None:
    request = asked("part=deals&rows=25&scenario=x&scenario=y&q=row&kind=a&page=2&sort=n")
    table = shown(request)
    assert table.others == [
        ("part", "deals"),
        ("rows", "25"),
        ("scenario", "x"),
        ("scenario", "y"),
    ]
    page = render_to_string("web/_table.html", {"table": table}, request=request)
    assert '<input type="hidden" name="part" value="deals">' in page
    assert page.count('name="kind"') == page.count('name="q"') == page.count('name="sort"') == 1


def test_form_of_a_table_with_a_prefix_names_its_own_fields_so() -> None:
    request = asked("leads-sort=n&deals-q=row")
    page = render_to_string("web/_table.html", {"table": shown(request, "leads-")}, request=request)
    assert 'name="leads-q"' in page
    assert '<select id="leads-rows-kind" name="leads-kind">' in page
    assert '<input type="hidden" name="deals-q" value="row">' in page
    assert "leads-export=csv" in page


def test_export_of_one_table_is_as_its_own_parameters_say() -> None:
    request = asked("sort=n&leads-kind=b&leads-sort=-n")
    answer = export_table(request, ROWS, name="leads", heads=HEADS, form="csv", prefix="leads-")
    assert answer.content.decode("utf-8-sig").splitlines()[1] == "row 59,59,b"


def test_unknown_column_is_refused_for_the_table_it_names_alone() -> None:
    request = asked("leads-sort=colour")
    assert shown(request, "deals-").state.sort == ""
    with pytest.raises(DataError, match="colour"):
        shown(request, "leads-")
