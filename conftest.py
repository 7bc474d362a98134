"""How tests are shared out among workers: those that start the same server stay together."""

import pytest

# it reads the workspace that its process serves; tests configure Django by tests/web_settings.py
collect_ignore = ["src/signoff/app/web/settings.py"]

# a test that uses one of these fixtures runs in the worker of that group
GROUPS = {"spark": "spark", "engines": "spark", "postgres": "postgres", "site": "browser"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that need Spark into one group, and those that need PostgreSQL into another."""
    for item in items:
        needs = {*getattr(item, "fixturenames", ()), *(mark.name for mark in item.iter_markers())}
        for need, group in GROUPS.items():
            if need in needs:
                item.add_marker(pytest.mark.xdist_group(group))
                break
