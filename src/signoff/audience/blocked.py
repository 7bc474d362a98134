"""Accounts that the suppression ledger blocks, by domain or by name."""

from typing import Protocol

from signoff.store.engines.engine import Engine, Statement

__all__ = ["ACCOUNT_NAMES", "Ledger", "list_suppressed_accounts"]

ACCOUNT_NAMES = Statement(
    name="every name and domain that an account goes by",
    reads=("account", "account_merge"),
    sql="""
SELECT account_id, name, domain
FROM (
    SELECT account_id, name, domain FROM account
    UNION ALL
    SELECT kept_account_id AS account_id, name, domain FROM account_merge
) AS spelling
ORDER BY account_id, COALESCE(name, ''), COALESCE(domain, '')
""",
)


class Ledger(Protocol):
    """What the suppression ledger answers about organisations."""

    def blocks_domain(self, domain: str | None) -> bool:
        """Say whether a web domain is blocked."""
        ...

    def blocks_company(self, name: str | None) -> bool:
        """Say whether an organisation of this name is blocked."""
        ...


def list_suppressed_accounts(engine: Engine, *, ledger: Ledger) -> tuple[str, ...]:
    """Name the accounts that must be left alone, as the ledger has it.

    The ledger holds keyed hashes only, so every account is asked for, under each name it has been
    merged from.

    Args:
        engine: An engine with the tables `account` and `account_merge`.
        ledger: The suppression ledger of the workspace.

    Returns:
        Ids of blocked accounts, sorted.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> class Blocked:
    ...     def blocks_domain(self, domain): return domain == "acme.example"
    ...     def blocks_company(self, name): return False
    >>> acme = {"account_id": "a", "name": "Acme", "domain": "acme.example"}
    >>> with duckdb_engine_on({"account": [acme]}) as engine:
    ...     list_suppressed_accounts(engine, ledger=Blocked())
    ('a',)
    """
    listed = engine.arrays(ACCOUNT_NAMES)
    accounts = zip(listed["account_id"], listed["name"], listed["domain"], strict=True)
    blocked = {
        str(account_id)
        for account_id, name, domain in accounts
        if (domain and ledger.blocks_domain(domain)) or (name and ledger.blocks_company(name))
    }
    return tuple(sorted(blocked))
