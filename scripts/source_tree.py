# ruff: noqa: INP001 - a script, no part of a package
"""A package's source as trees: modules, the scopes of names, calls and their arguments."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

__all__ = [
    "Function",
    "Module",
    "Scope",
    "arguments",
    "defaults",
    "name_of",
    "own_nodes",
    "parameters",
    "returned",
    "scoped_nodes",
]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Module:
    """One file of source."""

    name: str
    path: str
    tree: ast.Module

    @cached_property
    def functions(self) -> dict[str, list[Function]]:
        """Give the functions by name, those of classes and functions included."""
        found: dict[str, list[Function]] = defaultdict(list)
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                found[node.name].append(node)
        return found

    @cached_property
    def constants(self) -> dict[str, list[ast.expr]]:
        """Give what the names of the module stand for."""
        found: dict[str, list[ast.expr]] = defaultdict(list)
        for node in self.tree.body:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        found[target.id].append(node.value)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                if node.value is not None:
                    found[node.target.id].append(node.value)
            elif (
                isinstance(node, ast.AugAssign)
                and isinstance(node.target, ast.Name)
                and isinstance(node.op, ast.BitOr)
            ):
                found[node.target.id].append(node.value)
        return found

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """Give module and name of what is imported, by the name here."""
        return {
            alias.asname or alias.name: (node.module, alias.name)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }


@dataclass(frozen=True)
class Scope:
    """Where an expression stands: its module, its function, what the caller gave."""

    module: Module
    function: Function | None = None
    given: Mapping[str, tuple[ast.expr, "Scope"]] = field(default_factory=dict)

    def gives_rows(self) -> bool:
        """Say whether the function makes the rows of a result, whose cells may be sentences."""
        function = self.function
        return bool(function and function.name == "rows" and parameters(function) == ["self"])

    @cached_property
    def bindings(self) -> dict[str, list[tuple[str, ast.expr]]]:
        """Give what each local name is made of: how it is bound ("=", "+=", "for.0") and from."""
        found: dict[str, list[tuple[str, ast.expr]]] = defaultdict(list)
        for node in own_nodes(self.function) if self.function else ():
            for how, target, value in _bound(node):
                for name, more in _targets(target):
                    found[name].append((how + more, value))
        return found


def own_nodes(function: Function) -> Iterator[ast.AST]:
    """Give every node of a function's body."""
    for statement in function.body:
        yield from ast.walk(statement)


def _bound(node: ast.AST) -> Iterator[tuple[str, ast.expr, ast.expr]]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield "=", target, node.value
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        yield "=", node.target, node.value
    elif isinstance(node, ast.AugAssign):
        yield ("+=" if isinstance(node.op, ast.Add) else "="), node.target, node.value
    elif isinstance(node, ast.For | ast.comprehension):
        yield "for", node.target, node.iter


def _targets(target: ast.expr, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(target, ast.Name):
        yield target.id, path
    elif isinstance(target, ast.Tuple | ast.List):
        for place, element in enumerate(target.elts):
            yield from _targets(element, f"{path}.{place}")


def scoped_nodes(module: Module) -> Iterator[tuple[Scope, ast.AST]]:
    """Give every node with the function it stands in, functions of functions included."""

    def walk(node: ast.AST, scope: Scope) -> Iterator[tuple[Scope, ast.AST]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant):
                continue
            yield scope, child
            inner = Scope(module, child) if isinstance(child, Function) else scope
            yield from walk(child, inner)

    yield from walk(module.tree, Scope(module))


def name_of(node: ast.AST) -> str | None:
    """Give the name of a function or variable, without what it belongs to."""
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else None


def parameters(function: Function) -> list[str]:
    """Give the names of a function's parameters."""
    spec = function.args
    return [a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]


def defaults(function: Function) -> dict[str, ast.expr]:
    """Give what parameters are when a caller gives nothing."""
    spec = function.args
    named = [*spec.posonlyargs, *spec.args]
    found = {
        a.arg: d
        for a, d in zip(named[len(named) - len(spec.defaults) :], spec.defaults, strict=True)
    }
    found |= {a.arg: d for a, d in zip(spec.kwonlyargs, spec.kw_defaults, strict=True) if d}
    return found


def arguments(function: Function, call: ast.Call) -> dict[str, ast.expr]:
    """Give what a call hands to each parameter."""
    spec = function.args
    names = [a.arg for a in (*spec.posonlyargs, *spec.args)]
    if names and names[0] in {"self", "cls"}:
        names = names[1:]
    given = dict(zip(names, [a for a in call.args if not isinstance(a, ast.Starred)], strict=False))
    return given | {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


def returned(function: Function) -> list[ast.expr]:
    """Give what a function can return."""
    return [
        node.value
        for node in own_nodes(function)
        if isinstance(node, ast.Return) and node.value is not None
    ]
