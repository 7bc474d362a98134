from collections.abc import Iterable
from typing import Any

import pytest

from signoff.audience import MarketSelection, list_market_account_ids, select_market
from signoff.brief import Market, NeverContact
from signoff.errors import DataError
from signoff.store.engines import Statement, duckdb_engine_on

FITS = Statement(
    "fits",
    "SELECT account_id, market_fit_share FROM market_candidate ORDER BY account_id",
    ("market_candidate",),
)


def account(name: str, **told: Any) -> dict[str, Any]:
    return {"account_id": name, "name": f"Firm {name}", "country": "FR", **told}


def select(
    accounts: list[dict[str, Any]],
    *,
    never: NeverContact | None = None,
    suppressed: Iterable[str] = (),
    **market: Any,
) -> tuple[MarketSelection, dict[str, float]]:
    asked = Market(**{"countries": ("FR",), "relationships": ("prospect", "client"), **market})
    with duckdb_engine_on({"account": accounts}) as engine:
        found = select_market(
            engine,
            market=asked,
            never=never or NeverContact(),
            suppressed_account_ids=list(suppressed),
        )
        fits = {row["account_id"]: row["market_fit_share"] for row in engine.rows(FITS)}
        assert list_market_account_ids(engine) == tuple(fits)
    return found, fits


def left_out(found: MarketSelection) -> dict[str, int]:
    return {step.step: step.n_left_out for step in found.steps if step.n_left_out}


def test_select_market_counts_unknown_values_half() -> None:
    accounts = [
        account("known", relationship="client", employees=20),
        account("half", employees=20),
        account("quiet", country=None),
    ]
    found, fits = select(accounts, employees_min=10)
    # three criteria: country, relationship, employees
    assert fits == {"known": 1.0, "half": 5 / 6, "quiet": 0.5}
    unknown = {step.step: step.n_unknown for step in found.steps if step.n_unknown}
    assert unknown == {"country": 1, "employees": 1, "relationship": 2}


def test_select_market_leaves_out_known_mismatches_step_by_step() -> None:
    accounts = [
        account("in", relationship="client"),
        account("abroad", country="DE", relationship="lost"),
        account("lost", relationship="lost"),
        account("blocked"),
        account("never", domain="shop.acme.example"),
    ]
    found, fits = select(
        accounts, never=NeverContact(domains=("acme.example",)), suppressed=["blocked"]
    )
    assert list(fits) == ["in"]
    assert left_out(found) == {
        "suppressed": 1,
        "never_contact": 1,
        "country": 1,
        "relationship": 1,
    }
    assert [step.n_kept for step in found.steps if step.is_asked] == [4, 3, 2, 1]


@pytest.mark.parametrize("entry", ["acme & co", "ACMÉ  CO.", "x-17", "n"])
def test_select_market_leaves_out_never_contact_by_name_or_id(entry: str) -> None:
    accounts = [account("kept"), {**account("n"), "name": "Acme & Co", "external_id": "x-17"}]
    found, fits = select(accounts, never=NeverContact(accounts=(entry, "Nobody Ltd")))
    assert list(fits) == ["kept"]
    assert found.never_unmatched == ("Nobody Ltd",)
    assert "check the spelling" in found.text()


def test_select_market_leaves_alone_a_domain_that_only_ends_alike() -> None:
    _, fits = select(
        [account("kept", domain="notacme.example")],
        never=NeverContact(domains=("acme.example",)),
    )
    assert list(fits) == ["kept"]


@pytest.mark.parametrize(
    ("market", "kept"),
    [
        ({"regions": ("ile de france",)}, ["a", "u"]),
        ({"cities": ("SAINT DENIS",)}, ["a", "u"]),
        ({"organisation_kinds": ("hospital",)}, ["a", "u"]),
        ({"industries": ("nace:86",)}, ["a", "u"]),
        ({"employees_max": 100}, ["a", "u"]),
        ({"employees_min": 100}, ["b", "u"]),
    ],
)
def test_select_market_filters_by_each_criterion(market: dict[str, Any], kept: list[str]) -> None:
    accounts = [
        account(
            "a",
            region="Île-de-France",
            city="Saint-Denis",
            kind="hospital",
            industry_scheme="naf",
            industry_code="8610Z",
            employees=99,
        ),
        account(
            "b",
            region="Bretagne",
            city="Brest",
            kind="company",
            industry_scheme="naf",
            industry_code="6201Z",
            employees=101,
        ),
        account("u"),
    ]
    assert list(select(accounts, **market)[1]) == kept


def test_select_market_names_columns_that_are_empty() -> None:
    found, fits = select([account("a")], employees_min=10, industries=("naics:51",))
    assert found.empty_columns == ("industry_code", "employees", "relationship")
    assert fits == {"a": 5 / 8}
    assert "industry_code, employees, relationship" in found.text()


def test_select_market_without_any_asked_column_is_refused_with_their_names() -> None:
    with pytest.raises(DataError, match="country, relationship") as raised:
        select([{"account_id": "a", "name": "A"}])
    assert "--mapping" in raised.value.fault.fix


def test_select_market_without_accounts_is_refused() -> None:
    with pytest.raises(DataError, match="there are no accounts"):
        select([])


def test_select_market_that_leaves_nobody_is_refused_with_the_counts() -> None:
    with pytest.raises(DataError, match="country leaves out 2") as raised:
        select([account("a", country="DE"), account("b", country="DE")])
    assert raised.value.fault.where == "market"


def test_select_market_rows_leave_out_what_is_not_asked() -> None:
    found, _ = select([account("a")])
    steps = [row["step"] for row in found.rows()]
    assert steps == ["suppressed", "never_contact", "country", "relationship"]


def test_select_market_twice_in_one_session_starts_anew() -> None:
    market = Market(countries=("FR",))
    with duckdb_engine_on({"account": [account("a"), account("b")]}) as engine:
        for suppressed, n_market in ((["a"], 1), ([], 2)):
            found = select_market(
                engine, market=market, never=NeverContact(), suppressed_account_ids=suppressed
            )
            assert found.n_market == n_market


@pytest.mark.parametrize(
    "name",
    [
        "Acme",
        "ACME SAS",
        "Acme S.A.S.",
        "Acme, Inc.",
        "Acme Ltd",
        "Acme Limited",
        "Acme GmbH",
        "Acme GmbH & Co. KG",
        "Acme AG",
        "Acme S.à r.l.",
        "SARL Acme",
        "acme\u00a0sa",
        "Acme\u0301 SAS",
        "Ácme  PLC",
    ],
)
@pytest.mark.parametrize("entry", ["Acme", "Acme SAS", "ACME GmbH"])
def test_select_market_leaves_out_never_contact_whatever_the_legal_form(
    name: str, entry: str
) -> None:
    accounts = [account("kept"), {**account("n"), "name": name}]
    found, fits = select(accounts, never=NeverContact(accounts=(entry,)))
    assert list(fits) == ["kept"]
    assert found.never_unmatched == ()


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Acmesas", "Acme"),
        ("Acme Tools", "Acme"),
        ("Acme Tools SAS", "Acme SAS"),
        ("SE", "Acme SE"),
    ],
)
def test_select_market_keeps_firms_that_are_only_spelt_alike(name: str, entry: str) -> None:
    _, fits = select([{**account("n"), "name": name}], never=NeverContact(accounts=(entry,)))
    assert list(fits) == ["n"]


@pytest.mark.parametrize("entry", ["acme.example", "ACME.example"])
@pytest.mark.parametrize("kind", ["domains", "accounts"])
@pytest.mark.parametrize("domain", ["acme.example", "Shop.Acme.example", "a.b.acme.example"])
def test_select_market_leaves_out_never_contact_by_domain(
    kind: str, entry: str, domain: str
) -> None:
    accounts = [account("kept", domain="acme.example.org"), account("n", domain=domain)]
    if kind == "accounts" and domain.count(".") > 1:
        accounts.pop()  # an entry of accounts names one domain, not those below it
        accounts.append(account("n", domain="acme.example"))
    _, fits = select(accounts, never=NeverContact(**{kind: (entry,)}))
    assert list(fits) == ["kept"]


def test_select_market_names_values_that_no_account_has() -> None:
    accounts = [
        account("a", region="I\u0302le-de-France", industry_scheme="naf", industry_code="6201Z"),
        account("b", region="Bretagne", industry_scheme="own", industry_code="Métallurgie"),
    ]
    found, fits = select(
        accounts,
        regions=("Île de France", "Bretagne", "Atlantis"),
        cities=("Nantes",),
        industries=("nace:62", "own:metallurgie", "naf:0111Z"),
    )
    assert list(fits) == ["a", "b"]
    # no account has a city: that column is named as empty instead
    assert found.values_unmatched == ("region Atlantis", "industry naf:0111Z")
    assert found.empty_columns == ("city", "relationship")
    assert "No account has: region Atlantis" in found.text()


def test_select_market_of_a_misspelt_region_says_so_when_nobody_is_left() -> None:
    with pytest.raises(DataError, match="no account has region Bretange"):
        select([account("a", region="Bretagne")], regions=("Bretange",))


@pytest.mark.parametrize("code", ["abc-def", "31-", "-31", "33-31", "1-99999999", "31-33-35", "?"])
def test_select_market_survives_any_industry_code(code: str) -> None:
    accounts = [
        account("odd", industry_scheme="naics", industry_code=code),
        account("in", industry_scheme="naics", industry_code="31-33"),
    ]
    _, fits = select(accounts, industries=("naics:31-33",))
    assert fits["in"] == max(fits.values())
