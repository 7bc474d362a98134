"""A small workspace with everything a plan needs: six accounts, six contacts, two venues."""

# ruff: noqa: E501 -- rows of files are written as files have them

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from signoff.plan import PlanOptions
from signoff.store.imports import ImportOptions, import_file
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

FILES = {
    "account": """name,domain,industry_scheme,industry_code,employees,country,relationship
Acme,acme.example,own,retail,120,FR,prospect
Bolt,bolt.example,own,retail,80,FR,client
Cog,cog.example,own,retail,400,DE,prospect
Dial,dial.example,own,medical,900,FR,prospect
Edge,edge.example,own,medical,60,DE,lost
Fuse,fuse.example,own,retail,45,FR,prospect
""",
    "contact": """email,first_name,last_name,title,account
ann@acme.example,Ann,Archer,Chief Financial Officer,Acme
bob@acme.example,Bob,Baker,Purchasing Manager,Acme
cat@bolt.example,Cat,Cole,Directeur général,Bolt
dan@cog.example,Dan,Drew,Acheteur,Cog
eve@dial.example,Eve,Ellis,Finance Director,Dial
fay@dial.example,Fay,Ford,Buyer,Dial
""",
    "venue": """venue_id,name,kind,unit,currency,exposures_per_unit,response_share,response_low_share,response_high_share,basis,source
trade,Trade Monthly,trade_title,insertion,EUR,1,0.01,0.005,0.02,measured,media kit
daily,Daily Paper,newspaper,insertion,EUR,1,0.002,0.001,0.01,prior,a guess
""",
    "rate": """venue_id,units_from,unit_price,currency,minimum_units,maximum_units,source
trade,1,1000.00,EUR,1,10,rate card
trade,4,850.00,EUR,1,10,rate card
daily,1,3000.00,EUR,1,5,rate card
""",
    "venue_audience": """venue_id,country,segment,role,reach_share,reach_low_share,reach_high_share,basis,source
trade,*,*,*,0.4,0.3,0.5,measured,media kit
daily,*,*,*,0.1,0.02,0.3,prior,a guess
""",
}
BRIEF = """
[advertiser]
name = "Gear"
supply_chain_place = "components"
[offering]
name = "Pinion"
kind = "component"
description = "A pinion that lasts"
price = 40
price_basis = "per piece"
buying_class = "straight_rebuy"
deal_value = 9000
[objective]
aim = "conversions"
target = 2
[market]
countries = ["FR", "DE"]
relationships = ["prospect", "client", "lost"]
[committee]
approval_rule = "mean"
purchase_months = 3
exposures_needed = 2
[[committee.roles]]
role = "purchaser"
functions = ["purchasing"]
people_expected = 1
[[committee.roles]]
role = "approver"
functions = ["finance"]
approval_level = 2
people_expected = 1
[message]
values = ["We answer"]
features = ["Hardened teeth"]
[[message.propositions]]
kind = "money_saved"
claim = "Change pinions half as often"
amount = 300
unit = "EUR"
per = "machine and year"
proof = "Test bench, 2,000 hours"
[money]
budget = 9000
currency = "EUR"
[period]
starts_on = 2027-01-04
ends_on = 2027-06-27
[measurement]
holdout_share = 0.2
"""


@pytest.fixture(scope="session")
def brief_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the brief to a file."""
    path = tmp_path_factory.mktemp("brief") / "spring.toml"
    path.write_text(BRIEF, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Make the workspace once; tests add to it but take nothing away."""
    folder = tmp_path_factory.mktemp("plan")
    made = create_workspace(folder / "w", settings=Settings(name="Gear"), at=AT)
    for table, text in FILES.items():
        path = folder / f"{table}.csv"
        path.write_text(text, encoding="utf-8")
        receipt = import_file(made, path, options=ImportOptions(table=table, by="ann", at=AT))
        assert receipt.n_rejected == 0, receipt.rows()
    return made


@pytest.fixture(scope="session")
def options() -> PlanOptions:
    """Fix seed, day and author."""
    return PlanOptions(seed=7, as_of=date(2026, 11, 23), by="ann", at=AT)
