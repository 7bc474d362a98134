# ruff: noqa: INP001 - a script, no part of a package
"""The forms a sentence can take: an expression followed to the words it is made of.

Constants, conditions, local names, parameters and what functions return are followed without
running anything. What cannot be told from the source becomes a place.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from source_tree import (
    Function,
    Module,
    Scope,
    arguments,
    defaults,
    name_of,
    own_nodes,
    parameters,
    returned,
    scoped_nodes,
)

__all__ = ["Place", "Reader", "Template", "has_words", "merge", "render"]

MOST_FORMS = 96  # of one sentence: beyond, a part of it becomes a place
# of one sentence: beyond, a part of it becomes a place
DEEPEST = 9
JOINED_AS_TEXT = {" ", "\n", "; ", ", ", " and "}
# heard where it is said
HIDES_PRIVATE = {"hide_addresses"}  # functions that give back what they were given, less secrets
# functions that give back what they were given, less secrets
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}  # French is kept there
KEEPS_WORDS = {"strip", "rstrip", "lstrip", "removesuffix", "removeprefix"}
COUNT = re.compile(r"^len\(|(^|\.)n_\w+$")  # an expression that is a number of things


@dataclass(frozen=True)
class Place:
    """What is filled in when a sentence is said.

    Attributes:
        kind: "" for text, "r" for a quoted value, "n" for a number.
        source: The expression that fills it.
    """

    kind: str
    source: str


Template = tuple[str | Place, ...]


def render(template: Template) -> str:
    """Give a template as it stands in the catalog.

    >>> render(("no ", Place("", "kind"), " ", Place("r", "name")))
    'no {0} {1!r}'
    """
    text, number = "", 0
    marks = {"": "", "r": "!r", "n": ":n"}
    for part in template:
        if isinstance(part, str):
            text += part.replace("{", "{{").replace("}", "}}")
        else:
            text += f"{{{number}{marks[part.kind]}}}"
            number += 1
    return text


class Reader:
    """Follows expressions to the words they are made of."""

    def __init__(self, modules: Mapping[str, Module]) -> None:
        self.modules = modules
        self.active: set[tuple[int, int]] = set()
        self.is_quiet = False
        self.calls: dict[str, list[tuple[ast.Call, Scope]]] = defaultdict(list)
        for module in modules.values():
            for scope, node in scoped_nodes(module):
                if isinstance(node, ast.Call) and (name := name_of(node.func)):
                    self.calls[name].append((node, scope))

    def hear_item(self, value: ast.expr, scope: Scope, at: ast.expr, *, depth: int) -> None:
        """Take note of one of several sentences that are joined; whoever listens does."""

    # ------------------------------------------------------------------ expressions

    def forms(self, node: ast.expr, scope: Scope, depth: int = 0) -> list[Template]:
        """Give every form that an expression can take, as templates."""
        mark = (id(node), id(scope.given) if scope.given else 0)
        if depth > DEEPEST or mark in self.active:
            return [_opaque(node)]
        self.active.add(mark)
        try:
            handler = getattr(self, f"_{type(node).__name__.lower()}", None)
            found = handler(node, scope, depth + 1) if handler else [_opaque(node)]
        finally:
            self.active.discard(mark)
        unique = list(dict.fromkeys(merge(form) for form in found))
        return unique if len(unique) <= MOST_FORMS else [_opaque(node)]

    def _constant(self, node: ast.Constant, *_: object) -> list[Template]:
        if node.value is None:
            return []
        return [(str(node.value),)]

    def _joinedstr(self, node: ast.JoinedStr, scope: Scope, depth: int) -> list[Template]:
        parts: list[list[Template]] = [
            self._filled(part, scope, depth)
            if isinstance(part, ast.FormattedValue)
            else [(str(part.value),)]
            for part in node.values
            if isinstance(part, ast.FormattedValue | ast.Constant)
        ]
        self._capitalise(node, parts, scope, depth)
        return _joined(parts, node)

    def _capitalise(
        self, node: ast.JoinedStr, parts: list[list[Template]], scope: Scope, depth: int
    ) -> None:
        """Read {told[:1].upper()}{told[1:]} as what is told, with a capital."""
        for place, (one, two) in enumerate(zip(node.values, node.values[1:], strict=False)):
            if not isinstance(one, ast.FormattedValue) or not isinstance(two, ast.FormattedValue):
                continue
            name = ast.unparse(two.value).removesuffix("[1:]")
            if ast.unparse(one.value) == f"{name}[:1].upper()" and isinstance(
                two.value, ast.Subscript
            ):
                told = self.forms(two.value.value, scope, depth)
                parts[place] = [_capital(form) for form in told]
                parts[place + 1] = [()]

    def _filled(self, part: ast.FormattedValue, scope: Scope, depth: int) -> list[Template]:
        source = ast.unparse(part.value)
        if part.conversion == ord("r"):
            return [(Place("r", source),)]
        spec = ast.unparse(part.format_spec) if part.format_spec else ""
        if re.search(r"[,\ddfge%n]", spec) and not re.search(r"%[YmdH]", spec):
            return [(Place("n", source),)]
        if COUNT.search(source) or source.startswith("shorten("):
            return [(Place("n", source),)]
        found = self.forms(part.value, scope, depth)
        if any(form and all(map(_is_digits, form)) for form in found):
            words = [form for form in found if form and not all(map(_is_digits, form))]
            return [(Place("n", source),), *words]
        known = [form for form in found if not form or any(isinstance(p, str) for p in form)]
        if found and len(known) == len(found):
            return known
        return [(Place("", source),), *filter(has_words, known)]

    def _binop(self, node: ast.BinOp, scope: Scope, depth: int) -> list[Template]:
        if isinstance(node.op, ast.Mod):
            return self.forms(node.left, scope, depth)
        if not isinstance(node.op, ast.Add) or any(map(_is_number, (node.left, node.right))):
            return [_opaque(node)]
        sides = [self.forms(side, scope, depth) for side in (node.left, node.right)]
        return _joined(sides, node)

    def _ifexp(self, node: ast.IfExp, scope: Scope, depth: int) -> list[Template]:
        return self.forms(node.body, scope, depth) + self.forms(node.orelse, scope, depth)

    def _boolop(self, node: ast.BoolOp, scope: Scope, depth: int) -> list[Template]:
        values = node.values if isinstance(node.op, ast.Or) else node.values[-1:]
        return [form for value in values for form in self.forms(value, scope, depth)]

    def _namedexpr(self, node: ast.NamedExpr, scope: Scope, depth: int) -> list[Template]:
        return self.forms(node.value, scope, depth)

    def _name(self, node: ast.Name, scope: Scope, depth: int) -> list[Template]:
        if node.id in scope.bindings:
            return self._local(node, scope, depth)
        if node.id in scope.given:
            value, home = scope.given[node.id]
            return self.forms(value, home, depth)
        if scope.function and node.id in parameters(scope.function):
            return self._from_callers(node, scope.function, scope, depth)
        found = [
            form
            for value, home in self._constants(node.id, scope.module)
            for form in self.forms(value, home, depth)
        ]
        return found or [_opaque(node)]

    def _local(self, node: ast.Name, scope: Scope, depth: int) -> list[Template]:
        found: list[Template] = []
        bound = scope.bindings[node.id]
        for how, value in bound:
            if how == "+=" and _is_number(value):
                continue
            if how == "=":
                found += [_opaque(node)] if _is_number(value) else self.forms(value, scope, depth)
            elif how == "+=":
                found += _joined([list(found), self.forms(value, scope, depth)], node)
            else:
                path = [int(step) for step in re.findall(r"\.(\d+)", how)]
                is_loop = how.startswith("for")
                nodes = self.elements(value, scope, depth) if is_loop else [(value, scope)]
                for element, home in nodes:
                    for inner, place in self._inside(element, home, path, depth):
                        found += self.forms(inner, place, depth)
        is_told = all(
            how.startswith("=") for how, _ in bound
        )  # elsewhere, in the reader's language
        return found if found or is_told else [_opaque(node)]

    def _inside(
        self, node: ast.expr, scope: Scope, path: Sequence[int], depth: int
    ) -> list[tuple[ast.expr, Scope]]:
        """Give what stands at a place of a tuple, or of the tuples that a function returns."""
        if not path:
            return [(node, scope)]
        if depth > DEEPEST:
            return []
        if isinstance(node, ast.Tuple | ast.List):
            inside = node.elts[path[0] : path[0] + 1]
            return [f for one in inside for f in self._inside(one, scope, path[1:], depth)]
        if isinstance(node, ast.IfExp | ast.BoolOp):
            ways = [node.body, node.orelse] if isinstance(node, ast.IfExp) else node.values
            return [f for way in ways for f in self._inside(way, scope, path, depth)]
        if not isinstance(node, ast.Call):
            return []
        found = []
        for function, home in self._functions(node.func, scope):
            given = {name: (value, scope) for name, value in arguments(function, node).items()}
            inner = Scope(home, function, given)
            for value in returned(function):
                found += self._inside(value, inner, path, depth + 1)
        return found

    def _from_callers(
        self, node: ast.Name, function: Function, scope: Scope, depth: int
    ) -> list[Template]:
        """Give what the callers of a function put there, and its default."""
        found: list[Template] = []
        is_given = False
        for call, home in self._callers(function, scope.module):
            given = arguments(function, call)
            if node.id in given:
                is_given = True
                found += self.forms(given[node.id], home, depth)
        default = defaults(function).get(node.id)
        if default is not None and not _is_number(default):
            found += self.forms(default, Scope(scope.module), depth)
        words = [form for form in found if not form or not all(map(_is_digits, form))]
        return words if words or (is_given and not found) else [_opaque(node)]

    def _callers(self, function: Function, module: Module) -> Iterator[tuple[ast.Call, Scope]]:
        for call, scope in self.calls[function.name]:
            is_here = scope.module is module
            if is_here or scope.module.imports.get(function.name, ("",))[0] == module.name:
                yield call, scope

    def _subscript(self, node: ast.Subscript, scope: Scope, depth: int) -> list[Template]:
        if "language" in ast.unparse(node.slice).lower():
            return [_opaque(node)]
        return self._of_values(node.value, node.slice, scope, depth) or [_opaque(node)]

    def _of_values(
        self, holder: ast.expr, key: ast.expr, scope: Scope, depth: int
    ) -> list[Template]:
        found: list[Template] = []
        for value, home in self._resolved(holder, scope, depth):
            if not isinstance(value, ast.Dict):
                continue
            wanted = key.value if isinstance(key, ast.Constant) else None
            for name, one in zip(value.keys, value.values, strict=True):
                if wanted is None or (isinstance(name, ast.Constant) and name.value == wanted):
                    found += self.forms(one, home, depth)
        return found

    def _call(self, node: ast.Call, scope: Scope, depth: int) -> list[Template]:
        if name_of(node.func) in GETTEXT:
            return []
        if any(keyword.arg == "language" for keyword in node.keywords):
            return [_opaque(node)]
        if isinstance(node.func, ast.Attribute):
            found = self._method(node, node.func, scope, depth)
            if found:
                return found
        if isinstance(node.func, ast.Name) and node.func.id == "repr":
            return [(Place("r", ast.unparse(node)),)]
        if name_of(node.func) in HIDES_PRIVATE and node.args:
            return self.forms(node.args[0], scope, depth)
        found = []
        for function, home in self._functions(node.func, scope):
            given = {name: (value, scope) for name, value in arguments(function, node).items()}
            inner = Scope(home, function, given or {"": (node, scope)})
            for value in returned(function):
                found += self.forms(value, inner, depth)
        return found or [_opaque(node)]

    def _method(
        self, node: ast.Call, func: ast.Attribute, scope: Scope, depth: int
    ) -> list[Template]:
        if func.attr == "join" and node.args:
            separators = [form[0] for form in self.forms(func.value, scope, depth) if form]
            is_text = not self.is_quiet and not JOINED_AS_TEXT.isdisjoint(separators)
            for item, home in self.elements(node.args[0], scope, depth) if is_text else ():
                if separators not in ([", "], [" and "]) or isinstance(item, ast.JoinedStr):
                    self.hear_item(item, home, node, depth=depth)
            return [(Place("", ast.unparse(node)),)]
        if func.attr == "format":
            return [_formatted(form, node) for form in self.forms(func.value, scope, depth)]
        if func.attr in KEEPS_WORDS:
            return self.forms(func.value, scope, depth)
        if func.attr == "get" and node.args:
            found = self._of_values(func.value, node.args[0], scope, depth)
            if found and len(node.args) > 1:
                found += self.forms(node.args[1], scope, depth)
            return found
        return []

    # ------------------------------------------------------------------ what names stand for

    def _constants(self, name: str, module: Module) -> list[tuple[ast.expr, Scope]]:
        if name in module.constants:
            return [(value, Scope(module)) for value in module.constants[name]]
        home, original = module.imports.get(name, ("", ""))
        if home in self.modules and self.modules[home] is not module:
            return self._constants(original, self.modules[home])
        return []

    def _functions(self, func: ast.expr, scope: Scope) -> Iterator[tuple[Function, Module]]:
        name = name_of(func)
        if name is None:
            return
        if isinstance(func, ast.Attribute):
            if isinstance(func.value, ast.Name) and func.value.id in {"self", "cls"}:
                for function in scope.module.functions.get(name, ()):
                    yield function, scope.module
            return
        home, original = scope.module.imports.get(name, (scope.module.name, name))
        module = self.modules.get(home)
        for _ in range(3):
            if module is None or original in module.functions:
                break
            home, original = module.imports.get(original, ("", ""))
            module = self.modules.get(home)
        for function in module.functions.get(original, ()) if module else ():
            yield function, module  # type: ignore[misc]

    def _resolved(self, node: ast.expr, scope: Scope, depth: int) -> list[tuple[ast.expr, Scope]]:
        """Give the expressions that a name of a table, a list or a function's result stands for."""
        if depth > DEEPEST:
            return []
        if isinstance(node, ast.Name):
            if node.id in scope.bindings:
                return [
                    found
                    for how, value in scope.bindings[node.id]
                    if how in {"=", "+="}
                    for found in self._resolved(value, scope, depth + 1)
                ]
            if node.id in scope.given:
                value, home = scope.given[node.id]
                return self._resolved(value, home, depth + 1)
            return [
                found
                for value, home in self._constants(node.id, scope.module)
                for found in self._resolved(value, home, depth + 1)
            ]
        if isinstance(node, ast.Subscript):
            return [
                (one, home)
                for value, home in self._resolved(node.value, scope, depth + 1)
                if isinstance(value, ast.Dict)
                for one in value.values
            ]
        if isinstance(node, ast.BinOp):
            return self._resolved(node.left, scope, depth + 1) + self._resolved(
                node.right, scope, depth + 1
            )
        return [(node, scope)]

    def elements(  # noqa: PLR0911 - one way out for each kind of list
        self, node: ast.expr, scope: Scope, depth: int = 0
    ) -> list[tuple[ast.expr, Scope]]:
        """Give the items of a list, as expressions."""
        if depth > DEEPEST:
            return []
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            return [
                found
                for element in node.elts
                for found in (
                    self.elements(element.value, scope, depth + 1)
                    if isinstance(element, ast.Starred)
                    else [(element, scope)]
                )
            ]
        if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp):
            same = [g.iter for g in node.generators if name_of(g.target) == name_of(node.elt)]
            if isinstance(node.elt, ast.Name) and same:
                return self.elements(same[0], scope, depth + 1)
            return [(node.elt, scope)]
        if isinstance(node, ast.IfExp):
            return self.elements(node.body, scope, depth + 1) + self.elements(
                node.orelse, scope, depth + 1
            )
        if isinstance(node, ast.BoolOp):
            return [f for value in node.values for f in self.elements(value, scope, depth + 1)]
        if isinstance(node, ast.BinOp):
            sides = (node.left, node.right)
            return [found for side in sides for found in self.elements(side, scope, depth + 1)]
        if isinstance(node, ast.Name):
            return self._elements_of_name(node, scope, depth)
        if isinstance(node, ast.Call):
            return self._elements_of_call(node, scope, depth)
        return []

    def _elements_of_name(
        self, node: ast.Name, scope: Scope, depth: int
    ) -> list[tuple[ast.expr, Scope]]:
        values = [
            (value, scope) for how, value in scope.bindings.get(node.id, ()) if how in {"=", "+="}
        ]
        if not values and node.id in scope.given:
            values = [scope.given[node.id]]
        values = values or self._constants(node.id, scope.module)
        found = [f for value, home in values for f in self.elements(value, home, depth + 1)]
        found += [
            (call.args[0], scope)
            for call in (own_nodes(scope.function) if scope.function else ())
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "append"
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id == node.id
        ]
        return found

    def _elements_of_call(
        self, node: ast.Call, scope: Scope, depth: int
    ) -> list[tuple[ast.expr, Scope]]:
        name = name_of(node.func)
        if name in {"tuple", "list", "sorted", "set", "enumerate", "filter"} and node.args:
            return self.elements(node.args[-1 if name == "filter" else 0], scope, depth + 1)
        found = []
        for function, home in self._functions(node.func, scope):
            given = {key: (value, scope) for key, value in arguments(function, node).items()}
            inner = Scope(home, function, given)
            for value in returned(function):
                found += self.elements(value, inner, depth + 1)
            found += [
                (part.value, inner)
                for part in own_nodes(function)
                if isinstance(part, ast.Yield) and part.value is not None
            ]
            for part in own_nodes(function):
                if isinstance(part, ast.YieldFrom):
                    found += self.elements(part.value, inner, depth + 1)
        return found


def _opaque(node: ast.expr) -> Template:
    return (Place("", ast.unparse(node)),)


def _capital(form: Template) -> Template:
    if form and isinstance(form[0], str):
        return (form[0][:1].upper() + form[0][1:], *form[1:])
    return form


def merge(form: Template) -> Template:
    """Join neighbouring words."""
    merged: list[str | Place] = []
    for part in form:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return tuple(merged)


def _joined(parts: Sequence[list[Template]], node: ast.expr) -> list[Template]:
    n_forms = 1
    for part in parts:
        n_forms *= max(len(part), 1)
    if n_forms > MOST_FORMS:
        parts = [part if len(part) == 1 else [(Place("", ast.unparse(node)),)] for part in parts]
    return [tuple(piece for one in chosen for piece in one) for chosen in product(*parts)]


def _formatted(form: Template, node: ast.Call) -> Template:
    """Make places of the {names} that `format` fills."""
    given = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    parts: list[str | Place] = []
    for part in form:
        if not isinstance(part, str):
            parts.append(part)
            continue
        for index, piece in enumerate(re.split(r"\{(\w*(?:![rs])?(?::[^{}]*)?)\}", part)):
            if index % 2 == 0:
                parts.append(piece)
                continue
            name = re.split(r"[!:]", piece)[0]
            source = ast.unparse(given[name]) if name in given else name
            kind = "r" if "!r" in piece else "n" if ":" in piece else ""
            parts.append(Place(kind, source))
    return tuple(parts)


def _is_digits(part: str | Place) -> bool:
    return isinstance(part, str) and part.replace(".", "").isdigit()


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def has_words(form: Template) -> bool:
    """Say whether there are words of our own in it."""
    return any(isinstance(part, str) and re.search(r"[A-Za-z]{2}", part) for part in form)
