"""Modules that no package holds, such as benchmarks, read from their files."""

import sys
from importlib import util
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def load_module(path: str, *, name: str) -> Any:
    """Read a module of the repository.

    Args:
        path: Its file, from the root of the repository.
        name: What it is called here; each reader has a name, and a module, of its own.
    """
    spec = util.spec_from_file_location(name, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
