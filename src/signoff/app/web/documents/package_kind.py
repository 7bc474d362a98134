"""Packages as documents: opened as the lake has them, and published to it when they are saved."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from signoff.app.web.place import current_workspace, lake_engine
from signoff.store.register import Version
from signoff.venues import PackageCard, keep_package, look_up_package

__all__ = ["begin_package", "current_package", "keep_package_version"]


def begin_package(_asked: Mapping[str, str]) -> dict[str, Any]:
    """Begin a package of two venues to fill in."""
    return {"parts": [{"units": 1}, {"units": 1}]}


def current_package(name: str) -> Mapping[str, Any] | None:
    """Give a package as the lake has it, whether a card or a file brought it in.

    Args:
        name: Short name of the package.
    """
    with lake_engine() as engine:
        return look_up_package(engine, package_id=name)


def keep_package_version(
    name: str, body: Mapping[str, Any], *, author: str, at: datetime, expected_version: int
) -> Version:
    """Keep the card of a package and publish its rows, so that the next plan reads them.

    Args:
        name: Short name of the package.
        body: The card.
        author: Who saves it.
        at: When, UTC.
        expected_version: The newest version that the author has seen.
    """
    kept = keep_package(
        current_workspace(),
        PackageCard.model_validate_json(json.dumps(body)),
        package_id=name,
        author=author,
        at=at,
        expected_version=expected_version,
    )
    return kept.version
