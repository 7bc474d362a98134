import pytest

from signoff.audience import judge_industry, read_industry


@pytest.mark.parametrize(
    ("scheme", "code", "wanted", "verdict"),
    [
        ("naics", "511210", "naics:51", "MET"),
        ("naics", "51", "naics:511210", "UNKNOWN"),
        ("naics", "5412", "naics:51", "MISSED"),
        ("naics", "332710", "naics:31-33", "MET"),
        ("naics", "31-33", "naics:31-33", "MET"),
        ("naics", "31-33", "naics:332", "UNKNOWN"),
        ("naf", "6201Z", "nace:62", "MET"),
        ("nace", "62.01", "naf:6201Z", "MET"),
        ("naf", "4711A", "nace:4711", "MET"),
        ("nace", "4711", "naf:4711A", "UNKNOWN"),
        ("naf", "62.01Z", "naf:6201Z", "MET"),
        ("nace", "28", "nace:C", "MET"),
        ("nace", "C", "nace:28", "UNKNOWN"),
        ("nace", "C", "nace:C", "MET"),
        ("nace", "41", "nace:C", "MISSED"),
        ("naics", "51", "nace:62", "UNKNOWN"),
        ("own", "Software", "own:software", "MET"),
        ("own", "softwares", "own:software", "MISSED"),
        (None, "51", "naics:51", "UNKNOWN"),
        ("naics", None, "naics:51", "UNKNOWN"),
    ],
)
def test_judge_industry_follows_the_scheme(
    scheme: str | None, code: str | None, wanted: str, verdict: str
) -> None:
    assert judge_industry(scheme, code, wanted=[wanted]).name == verdict


def test_judge_industry_with_several_wanted_takes_the_best() -> None:
    assert judge_industry("naf", "6201Z", wanted=["naics:51", "nace:70", "nace:62"]).name == "MET"


def test_read_industry_of_a_section_gives_its_divisions() -> None:
    # NACE Rev. 2: section C, Manufacturing, is divisions 10 to 33
    family, begins = read_industry("nace:C")
    assert (family, begins[0], begins[-1], len(begins)) == ("nace", "10", "33", 24)
