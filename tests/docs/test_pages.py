"""All pages: links lead somewhere, commands that are named exist, words are told once."""

import ast
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from signoff.app.cli.manual import list_commands

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")],
    key=lambda path: path.as_posix(),
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NAMED_COMMAND = re.compile(r"(?:^|`)signoff ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)", re.MULTILINE)

COMMAND_LINE = re.compile(r"^(?:\$ )?(signoff [a-z].*)$", re.MULTILINE)
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def page_id(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_links_of_page_lead_somewhere(page: Path) -> None:
    targets = [link.split("#")[0] for link in LINK.findall(page.read_text("utf-8"))]
    local = [target for target in targets if target and "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_commands_named_on_page_exist(page: Path) -> None:
    known = {context.command_path.removeprefix("signoff").strip() for context in list_commands()}
    groups = {path.split()[0] for path in known if " " in path}
    unknown = set()
    for named in NAMED_COMMAND.findall(page.read_text("utf-8")):
        first, _, second = named.partition(" ")
        if first not in known or (first in groups and second and named not in known):
            unknown.add(named)
    assert unknown == set()


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_options_named_on_page_exist(page: Path) -> None:
    options = {context.command_path: _options(context) for context in list_commands()}
    unknown = []
    for line in COMMAND_LINE.findall(page.read_text("utf-8")):
        words = line.split("#")[0].split()
        path = max((p for p in options if words[: p.count(" ") + 1] == p.split()), key=len)
        given = {word.partition("=")[0] for word in words if word.startswith("-")}
        unknown += [(path, option) for option in given - options[path]]
    assert unknown == []


def _options(context: click.Context) -> set[str]:
    own = {name for parameter in context.command.params for name in parameter.opts}
    return own | {name for p in context.command.params for name in p.secondary_opts} | {"--help"}


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_python_on_page_imports_what_is_there(page: Path) -> None:
    missing = []
    for block in PYTHON.findall(page.read_text("utf-8")):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom) and node.module:
                module = import_module(node.module)
                missing += [a.name for a in node.names if not hasattr(module, a.name)]
    assert missing == []


def test_glossary_is_in_order_and_names_each_word_once() -> None:
    text = (REPOSITORY / "docs" / "GLOSSARY.md").read_text("utf-8")
    terms = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")][1:]
    assert len(terms) == len(set(terms))


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = REPOSITORY / "docs" / "adr"
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert sorted(listed) == sorted(path.name for path in folder.glob("0*.md"))
    for path in folder.glob("0*.md"):
        text = path.read_text("utf-8")
        parts = ("**Context.**", "**Decision.**", "**Consequences.**")
        assert all(part in text for part in parts), path.name


def test_readme_leads_to_every_page_for_readers() -> None:
    linked = set(LINK.findall((REPOSITORY / "README.md").read_text("utf-8")))
    kinds = ("tutorial", "how-to", "reference", "explanation")
    pages = [path for kind in kinds for path in (REPOSITORY / "docs" / kind).glob("*.md")]
    names = {path.relative_to(REPOSITORY).as_posix() for path in pages}
    assert sorted(names - linked) == []


def test_make_docs_writes_every_reference_page() -> None:
    recipe = (REPOSITORY / "Makefile").read_text("utf-8")
    pages = {path.name for path in (REPOSITORY / "docs" / "reference").glob("*.md")}
    assert set(re.findall(r"> docs/reference/([\w-]+\.md)", recipe)) == pages
    modules = re.findall(r"-m (signoff[\w.]+\.manual) >", recipe)
    assert len(modules) == len(pages)
    assert [name for name in modules if find_spec(name) is None] == []
