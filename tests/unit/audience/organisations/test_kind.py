"""Kinds of organisation, guessed from what an account's row says."""

import pytest

from signoff.audience import guess_kind
from signoff.units import OrganisationKind

NAMES = {
    "Lycée Jean-Moulin": "school",
    "École élémentaire du Parc": "school",
    "University of Leeds": "school",
    "Springfield High School": "school",
    "CHU de Nantes": "hospital",
    "Centre hospitalier de Valence": "hospital",
    "Clinique Saint-Jean": "hospital",
    "St Mary's Hospital": "hospital",
    "Mairie de Lyon": "public_body",
    "Commune de Saint-Malo": "public_body",
    "Ville de Grenoble": "public_body",
    "Ministry of Defence": "public_body",
    "Kent County Council": "public_body",
    "Association des maires": "association",
    "Fondation de France": "association",
    "Sportclub Beispiel e.V.": "association",
    "Sample Foundry 01": "manufacturer",
    "Acme Consulting SARL": "company",
}


@pytest.mark.parametrize(("name", "kind"), NAMES.items())
def test_guess_kind_reads_the_name(name: str, kind: str) -> None:
    found = guess_kind(name)
    assert found.kind == kind
    assert 0.5 < found.confidence_share < 1
    assert found.evidence.startswith("name ")


@pytest.mark.parametrize(
    ("domain", "kind"),
    [
        ("impots.gouv.fr", "public_body"),
        ("nasa.gov", "public_body"),
        ("mit.edu", "school"),
        ("univ-lille.fr", "school"),
        ("www.ville-pau.fr", "public_body"),
        ("gouv.example", None),
        ("education.com", None),
    ],
)
def test_guess_kind_reads_the_domain(domain: str, kind: str | None) -> None:
    assert guess_kind("Xyz", domain=domain).kind == kind


@pytest.mark.parametrize(
    ("industry", "kind"),
    [
        (("naics", "3344"), "manufacturer"),
        (("nace", "25.11"), "manufacturer"),
        (("naf", "8610Z"), "hospital"),
        (("naf", "8411Z"), "public_body"),
        (("naics", "611310"), "school"),
        (("naf", "6201Z"), None),
        (("own", "steel"), None),
        (("naics", ""), None),
    ],
)
def test_guess_kind_reads_the_industry(industry: tuple[str, str], kind: str | None) -> None:
    assert guess_kind("Xyz", industry=industry).kind == kind


def test_guess_kind_never_overwrites_the_source() -> None:
    found = guess_kind("Lycée Jean-Moulin", told="company")
    assert (found.kind, found.confidence_share, found.evidence) == ("company", 1, "source")


def test_guess_kind_is_less_sure_where_signs_differ() -> None:
    alone, mixed = guess_kind("Elm School"), guess_kind("Elm School Supplies Ltd")
    assert mixed.kind is OrganisationKind.COMPANY
    assert mixed.confidence_share < alone.confidence_share + 0.1
    both = guess_kind("Elm School", domain="elm.sch.uk")
    assert both.confidence_share > alone.confidence_share


def test_guess_kind_without_a_sign_says_nothing() -> None:
    for name in ("Durand et fils", "", None, "日本電気"):
        found = guess_kind(name)
        assert (found.kind, found.confidence_share, found.evidence) == (None, 0, "")


def test_guess_kind_counts_whole_words_alone() -> None:
    assert guess_kind("Scholastique Ecolea Councilman").kind is None
