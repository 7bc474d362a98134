"""What holds of the repository as a whole: licence, pins, sizes, docstrings, inventory."""

import ast
import importlib
import inspect
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGE = REPOSITORY / "src" / "signoff"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FUNCTION = 60
LONG_FUNCTION = 40
LONGEST_MODULE = 500
ALLOWED_LONG_SHARE = 0.05
# An example of these would first have to build a workspace, a plan or a Spark; tests do.
NEEDS_A_WORKSHOP = {"workspace", "engine", "connection", "plan", "scribe", "problem"}
NEEDS_A_WORKSHOP |= {"export_dir", "threads", "tables", "request"}
# Written in pieces, or this file would be the first to hold them.
REGISTRY_HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"))]
MACHINE_PATHS = [f"/{folder}/" for folder in ("work", "root", "home")]


@cache
def tracked_files() -> tuple[Path, ...]:
    """Give the files that a clone would hold."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("the files to check are those that git knows, and this is no clone")
    names = [name for name in done.stdout.decode().split("\0") if name]
    return tuple(path for path in (REPOSITORY / name for name in names) if path.is_file())


def texts(*suffixes: str) -> Iterator[tuple[str, str]]:
    for path in tracked_files():
        if not suffixes or path.suffix in suffixes:
            content = path.read_bytes()
            if b"\0" not in content:
                yield str(path.relative_to(REPOSITORY)), content.decode("utf-8", "replace")


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(PACKAGE)}:{node.name}", node


def n_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function's body, its docstring aside."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


# Django's settings of a server read the workspace that its process serves
NEED_A_PROCESS = {"signoff.app.web.settings"}
IMPORTABLE = [
    module_name(path)
    for path in MODULES
    if "migrations" not in path.relative_to(PACKAGE).parts
    and module_name(path) not in NEED_A_PROCESS
]


def test_licence_is_there_and_named() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert "Apache License" in (REPOSITORY / "LICENSE").read_text("utf-8")


@pytest.mark.parametrize("path", sorted((REPOSITORY / "requirements").glob("*.txt")), ids=str)
def test_pins_have_hashes_and_name_no_place(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"https?://|file:|--index-url|--extra-index-url|--find-links", text)
    pins = re.split(r"\n(?=[A-Za-z])", text.strip())
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_no_file_names_a_registry() -> None:
    found = [name for name, text in texts() if any(host in text for host in REGISTRY_HOSTS)]
    assert found == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    pattern = re.compile("|".join(rf"(?<![\w./:-]){re.escape(path)}" for path in MACHINE_PATHS))
    found = [name for name, text in texts() if pattern.search(text)]
    assert found == []


def test_every_dependency_has_a_reason_above_it() -> None:
    lines = (REPOSITORY / "pyproject.toml").read_text("utf-8").splitlines()
    start, end = lines.index("dependencies = ["), lines.index("[tool.hatch.build.targets.wheel]")
    scripts = lines.index("[project.scripts]")
    without, above = [], ""
    for line in (line.strip() for line in lines[start + 1 : scripts] + lines[scripts + 2 : end]):
        name = re.match(r'(?:\w+ = \[)?"([\w-]+)', line)
        # an extension of the library above shares its reason
        if name and not above.startswith("#") and not name[1].startswith("duckdb-extension-"):
            without.append(name[1])
        above = line
    assert without == []


def test_every_exemption_from_a_rule_has_a_reason() -> None:
    pattern = re.compile(r"#\s*noqa(?!: [A-Z]+\d+(?:, ?[A-Z]+\d+)*,? +\W*\w)")
    here = str(Path(__file__).relative_to(REPOSITORY))
    found = [
        f"{name}:{number}"
        for name, text in texts(".py")
        for number, line in enumerate(text.splitlines(), 1)
        if name != here and pattern.search(line)
    ]
    assert found == []


def test_functions_are_short() -> None:
    sizes = {name: n_lines(node) for name, node in functions()}
    assert {name: n for name, n in sizes.items() if n > LONGEST_FUNCTION} == {}
    long = {name: n for name, n in sizes.items() if n > LONG_FUNCTION}
    assert len(long) <= ALLOWED_LONG_SHARE * len(sizes), long


def test_modules_are_short() -> None:
    sizes = {str(p.relative_to(PACKAGE)): len(p.read_text("utf-8").splitlines()) for p in MODULES}
    assert {name: n for name, n in sizes.items() if n > LONGEST_MODULE} == {}


def test_only_store_and_app_know_clock_chance_and_terminal() -> None:
    known = {"datetime.now", "date.today", "time.time", "uuid.uuid4", "print", "input"}
    known |= {"np.random.default_rng", "random.random"}
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in MODULES
        if path.relative_to(PACKAGE).parts[0] not in ("app", "store")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        # a generator with a seed is no chance
        if isinstance(node, ast.Call) and ast.unparse(node.func) in known
        if not ("default_rng" in ast.unparse(node.func) and node.args)
    ]
    assert found == []


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "misc", "tools", "tests"}
    assert [str(p) for p in MODULES if {p.stem, p.parent.name} & drawers] == []


@pytest.mark.parametrize("name", IMPORTABLE)
def test_listed_names_are_there(name: str) -> None:
    module = importlib.import_module(name)
    listed = getattr(module, "__all__", [])
    assert [public for public in listed if not hasattr(module, public)] == []


def test_packages_only_list_names() -> None:
    allowed = (ast.Import, ast.ImportFrom, ast.Expr, ast.Assign, ast.AnnAssign)
    found = {
        str(path.relative_to(PACKAGE)): type(node).__name__
        for path in MODULES
        # the folder of a tool declares its formats there
        if path.name == "__init__.py" and path.parent.parent.name != "formats"
        for node in ast.parse(path.read_text("utf-8")).body
        if not isinstance(node, allowed)
    }
    assert found == {}


def test_every_public_function_shows_an_example() -> None:
    without = [
        f"{package}.{name}"
        for package, name, function in _public_functions()
        if ">>>" not in (inspect.getdoc(function) or "")
        and next(iter(inspect.signature(function).parameters), "") not in NEEDS_A_WORKSHOP
    ]
    assert without == []


def _public_functions() -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Give what the rooms list for each other; commands show their examples in their help."""
    for package in (
        name
        for path, name in zip(MODULES, map(module_name, MODULES), strict=True)
        if path.name == "__init__.py" and name in IMPORTABLE and "cli" not in path.parts
    ):
        module = importlib.import_module(package)
        for name in getattr(module, "__all__", []):
            if inspect.isfunction(getattr(module, name)):
                yield package, name, getattr(module, name)


def test_architecture_lists_every_folder_and_no_other() -> None:
    text = (REPOSITORY / "docs" / "ARCHITECTURE.md").read_text("utf-8")
    inventory = text.split("## Inventory")[1].split("\n## ")[0]
    listed = set(re.findall(r"^\| `([\w/]+?)/?` \|", inventory, flags=re.MULTILINE))
    folders = {
        "/".join(path.parent.relative_to(PACKAGE).parts)
        for path in MODULES
        if path.name == "__init__.py"
        and path.parent != PACKAGE
        # one folder for each tool, and one for each area of pages: they share the line of theirs
        and path.parent.parent.name != "formats"
        and PACKAGE / "app" / "web" not in path.parent.parents
    }
    loose = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert listed == folders | loose
