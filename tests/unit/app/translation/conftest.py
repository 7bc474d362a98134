"""What the tests of translation share: the reader of the source, and what it heard."""

import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[4]


def load_script(name: str) -> ModuleType:
    path = REPOSITORY / "scripts" / f"{name}.py"
    spec = spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def messages() -> ModuleType:
    """Give the script that lists what is said."""
    return load_script("list_messages")


@pytest.fixture(scope="session")
def scan(messages: ModuleType) -> Any:
    """Give what all of Signoff says."""
    return messages.scan_signoff()


@pytest.fixture
def scan_source(messages: ModuleType, tmp_path: Path) -> Callable[[str], Any]:
    """Give a function that reads a module of a small package."""

    def read(source: str) -> Any:
        (tmp_path / "errors.py").write_text("", "utf-8")
        (tmp_path / "module.py").write_text(source, "utf-8")
        return messages.scan_package(tmp_path, package="sample")

    return read
