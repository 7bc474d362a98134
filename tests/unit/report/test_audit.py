"""Reading a page back."""

from signoff.report.audit import read_page


def test_read_page_number_in_names_dates_and_drawings_is_not_ours() -> None:
    page = (
        '<p><span class="verbatim">Studio <b>54</b></span> <time datetime="2027-01-01">1 May</time>'
        "<svg><text>40</text></svg></p>"
    )
    assert read_page(page).loose == ()


def test_read_page_number_in_our_words_is_loose() -> None:
    assert read_page("<p>It costs 5 euros<br>at most</p>").loose == ("It costs 5 euros",)


def test_read_page_value_with_markup_inside_is_read_whole() -> None:
    page = '<td><data value="1" data-path="a.b"><b>1</b>,0</data></td>'
    assert [n.text for n in read_page(page).numbers] == ["1,0"]


def test_read_page_lists_every_address() -> None:
    page = '<a id="x" href="#y">y</a><img src="z.png"><form action="/go"></form>'
    reading = read_page(page)
    assert reading.addresses == ("#y", "z.png", "/go")
    assert reading.anchors == ("x",)
    assert reading.elements == {"a": 1, "img": 1, "form": 1}


def test_read_page_unclosed_elements_do_not_swallow_what_follows() -> None:
    page = '<ul><li><span class="verbatim">7</ul><p>8</p>'
    assert read_page(page).loose == ("8",)
