"""No statement without a case: each constant is named in a test of this folder."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import signoff
from signoff.store.engines import Statement
from signoff.store.schemas import LAKE_TABLES

HERE = Path(__file__).resolve().parent


def _modules() -> Iterator[str]:
    for module in pkgutil.walk_packages(signoff.__path__, "signoff."):
        if module.name.startswith("signoff.app."):
            continue  # app asks rooms below it and knows no statement; its web needs a workspace
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            yield module.name


def _statements() -> dict[tuple[str, str], Statement]:
    """Give every statement by the module that defines it and its name there."""
    found: dict[int, tuple[tuple[str, str], Statement]] = {}
    for module in _modules():
        for name, value in vars(importlib.import_module(module)).items():
            if isinstance(value, Statement) and name.isupper():
                kept = found.get(id(value))
                if kept is None or len(module) > len(kept[0][0]):
                    found[id(value)] = ((module, name), value)
    return dict(found.values())


def _used() -> Iterator[object]:
    """Give what the cases use, not merely import."""
    for path in HERE.glob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            alias.asname or alias.name: _found(node.module, alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("signoff")
            for alias in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                yield imported.get(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                yield getattr(imported.get(node.value.id), node.attr, None)


def _found(module: str | None, name: str) -> object:
    home = importlib.import_module(module or "signoff")
    return getattr(home, name, None) or importlib.import_module(f"{module}.{name}")


def test_every_statement_has_a_case() -> None:
    used = {id(value) for value in _used()}
    lacking = sorted(
        f"{module}.{name}"
        for (module, name), statement in _statements().items()
        if id(statement) not in used
    )
    assert lacking == [], "add a case to tests/spec; its README says how"


def test_every_statement_is_portable_as_far_as_its_text_shows() -> None:
    for (module, name), statement in _statements().items():
        sql = statement.sql.lower()
        place = f"{module}.{name}"
        assert "::" not in sql, f"{place}: write CAST(a AS type)"
        assert "qualify" not in sql, f"{place}: use a window in a subquery"
        assert "asof" not in sql.split(), f"{place}: ASOF joins are not shared"
        assert statement.name, place


def test_every_statement_says_which_tables_it_reads() -> None:
    for (module, name), statement in _statements().items():
        named = set(re.findall(r"\w+", statement.sql))
        after = set(re.findall(r"\b(?:from|join)\s+(\w+)", statement.sql, re.IGNORECASE))
        place = f"{module}.{name}"
        assert set(statement.reads) <= named, f"{place} does not read {statement.reads}"
        unsaid = (after & LAKE_TABLES.keys()) - set(statement.reads)
        assert not unsaid, f"{place} reads {unsaid} and does not say so"
