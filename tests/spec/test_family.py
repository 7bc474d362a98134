"""The statement about parents, on every engine."""

from typing import Any

from signoff.audience.organisations.family import ACCOUNT_PARENTS


def test_account_parents_give_every_account_once(engines: Any) -> None:
    engines.expect(
        ACCOUNT_PARENTS,
        [
            {"account_id": "a", "name": "Acme", "parent_name": None},
            {"account_id": "b", "name": "Bolt", "parent_name": "Acme"},
        ],
        tables={
            "account": [
                {"account_id": "b", "name": "Bolt", "parent_name": "Acme"},
                {"account_id": "a", "name": "Acme"},
            ]
        },
    )
