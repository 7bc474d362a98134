from dataclasses import dataclass

from signoff.audience import list_suppressed_accounts
from signoff.store.engines import duckdb_engine_on


@dataclass(frozen=True)
class Ledger:
    domains: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()

    def blocks_domain(self, domain: str | None) -> bool:
        return domain in self.domains

    def blocks_company(self, name: str | None) -> bool:
        return name in self.companies


def test_list_suppressed_accounts_asks_for_domain_and_name() -> None:
    accounts = [
        {"account_id": "c", "name": "Cog"},
        {"account_id": "b", "name": "Bolt", "domain": "bolt.example"},
        {"account_id": "a", "name": "Acme", "domain": "acme.example"},
    ]
    ledger = Ledger(domains=("acme.example",), companies=("Cog",))
    with duckdb_engine_on({"account": accounts}) as engine:
        assert list_suppressed_accounts(engine, ledger=ledger) == ("a", "c")


def test_list_suppressed_accounts_does_not_ask_for_what_is_empty() -> None:
    with duckdb_engine_on({"account": [{"account_id": "a"}]}) as engine:
        ledger = Ledger(domains=(None,), companies=(None,))  # type: ignore[arg-type]
        assert list_suppressed_accounts(engine, ledger=ledger) == ()
