"""The relatives of one account: its parent, its subsidiaries, and the circle it may stand in."""

from dataclasses import dataclass

from signoff.store.engines.engine import Engine, Statement

__all__ = ["RELATIVES", "Relative", "Relatives", "list_relatives"]

MOST_LISTED = 200

RELATIVES = Statement(
    name="circle, parent and subsidiaries of an account",
    reads=("account_list",),
    sql="""
    SELECT account_id, name, relation FROM (
        SELECT c.account_id, c.name, 'circle' AS relation
        FROM account_list AS a JOIN account_list AS c ON c.circle_id = a.circle_id
        WHERE a.account_id = :account_id
        UNION ALL
        SELECT p.account_id, p.name, 'parent' AS relation
        FROM account_list AS a JOIN account_list AS p ON p.account_id = a.parent_id
        WHERE a.account_id = :account_id
        UNION ALL
        SELECT account_id, name, 'subsidiary' AS relation
        FROM account_list WHERE parent_id = :account_id
    ) AS found
    ORDER BY relation, name, account_id LIMIT :n_listed
    """,
)


@dataclass(frozen=True)
class Relative:
    """An account that another one is related to.

    Attributes:
        account_id: Its id in the workspace.
        name: Its name as the source writes it.
    """

    account_id: str
    name: str


@dataclass(frozen=True)
class Relatives:
    """What one account belongs to, and what belongs to it.

    Attributes:
        parent: The account that it belongs to; empty where none is known or several could be.
        subsidiaries: Accounts directly below it, by name; at most 200 relatives are listed.
        circle: Accounts, itself among them, that would each be above the other; no parent of
            theirs is kept.
    """

    parent: Relative | None = None
    subsidiaries: tuple[Relative, ...] = ()
    circle: tuple[Relative, ...] = ()


def list_relatives(engine: Engine, *, account_id: str) -> Relatives:
    """Give the parent, the subsidiaries and the circle of an account.

    Args:
        engine: An engine in which the table of accounts was prepared.
        account_id: The account, by its id in the workspace.
    """
    found: dict[str, list[Relative]] = {}
    for row in engine.rows(RELATIVES, account_id=account_id, n_listed=MOST_LISTED):
        relative = Relative(row["account_id"], row["name"])
        found.setdefault(row["relation"], []).append(relative)
    return Relatives(
        parent=next(iter(found.get("parent", ())), None),
        subsidiaries=tuple(found.get("subsidiary", ())),
        circle=tuple(found.get("circle", ())),
    )
