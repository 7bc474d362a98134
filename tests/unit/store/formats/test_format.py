"""What every declared format must keep to."""

import pytest

from signoff.store.formats import FORMATS, Format
from signoff.store.formats.countries import country_code, country_names
from signoff.store.imports.target import TARGETS


@pytest.mark.parametrize("known", FORMATS.values(), ids=lambda known: known.name)
def test_format_names_only_columns_of_its_target(known: Format) -> None:
    target = TARGETS[known.target]
    targets = {column.target for column in known.columns} | set(known.constants)
    assert targets <= set(target.names())
    assert targets >= set(known.signature)
    assert known.source
    assert known.source_date


@pytest.mark.parametrize("known", FORMATS.values(), ids=lambda known: known.name)
def test_format_translates_to_allowed_values(known: Format) -> None:
    for column in known.columns:
        allowed = TARGETS[known.target].field(column.target).column.allowed
        if allowed:
            assert {value for value in column.translate.values() if value} <= set(allowed)
            assert not column.otherwise or column.otherwise in allowed


@pytest.mark.parametrize("known", FORMATS.values(), ids=lambda known: known.name)
def test_format_fills_what_its_table_needs_or_asks(known: Format) -> None:
    target = TARGETS[known.target]
    filled = {column.target for column in known.columns} | set(known.constants)
    assert set(target.required()) <= filled


def test_every_table_has_a_plain_format() -> None:
    assert {known.target for name, known in FORMATS.items() if name.startswith("plain_")} == set(
        TARGETS
    )


def test_country_code_knows_the_demonstration_s_spellings() -> None:
    spelled = ["United States", "Korea", "États-Unis", "allemagne", "Côte d'Ivoire", "UK", "nl"]
    assert [country_code(name) for name in spelled] == ["US", "KR", "US", "DE", "CI", "GB", "NL"]
    assert len(set(country_names().values())) == 249
