# ruff: noqa: INP001 - a script, no part of a package
"""Which sentences Signoff can say: the templates of every error, fault, reason, note and summary.

A sentence is written once, in English, where it arises. This reads the source without running it,
follows what goes into a `what`, `why`, `fix` or `reason` through constants, conditions, local
names and functions, and gives each sentence as a template: "there is no {0} {1!r}". Places are
numbered from the left; `!r` marks a quoted one, `:n` a number.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from message_forms import Place, Reader, Template, has_words, merge, render
from source_tree import (
    Function,
    Module,
    Scope,
    arguments,
    name_of,
    parameters,
    returned,
    scoped_nodes,
)

__all__ = ["Said", "Scan", "scan_package"]

# Who says what: constructor or function, with the arguments that are sentences, by position.
FAULT = ("what", "why", "fix", "where")
SPEAKERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("SignoffError", "UserError", "BriefError", "DataError", "ModelError", "Fault"), FAULT
    ),
    "ConnectorError": ("what", "why", "fix", "", "where"),
    "refuse": FAULT,
    "Finding": ("check", "", "found", "fix"),
    "LakeFinding": ("", "", "what", "fix"),
    "LeftOut": ("", "", "why"),
    "replace": ("",),
}
SPOKEN = {"what", "why", "fix", "reason", "note", "found", "where"}
ASIDE = {"reason", "note"}  # said whoever is told
LISTS = {"notes", "cautions", "faults", "problems", "findings", "warnings"}
# Places that need no French here: what is said elsewhere, in the reader's language already, or by
# another program.
PASSED_ON = re.compile(
    r"\w\.(what|why|fix|fault|\w*note|\w*reason)$|\.text\(.*\)\W*$|^(Fault|Reason|FitReason|replace)\("
    r"|^'[^']*'\.join\("
)
IN_LANGUAGE = re.compile(r"language")
FOREIGN = re.compile(r"str\(\w*(error|cause)|\.strerror|\['msg'\]|format_message\(\)")
SAID_ON = {"ValueError", "BadZipFile", "error"}  # raised, and said on by whoever catches it
PROGRESS = {"on_progress", "tell"}
TEXT_PARAMETERS = {"self", "digits", "language"}
CHAIN = re.compile(r"""'(?:[^']|'')*'(?:\s*\|\|\s*(?:'(?:[^']|'')*'|if\([^()]*\)|\$?[\w.]+))+""")


@dataclass(frozen=True)
class Said:
    """One sentence, and where it is said.

    Attributes:
        key: The template as text.
        places: The expressions that fill its places.
        at: File and line.
    """

    key: str
    places: tuple[str, ...]
    at: str


@dataclass
class Scan:
    """What a package says.

    Attributes:
        said: Sentences by template.
        unresolved: What is said and cannot be told from the source: expression by file and
            function.
        acts: What the audit trail says was done.
        objects: What it was done to.
        steps: Steps of long work, as progress names them.
    """

    said: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    unresolved: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    acts: set[str] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)
    steps: set[str] = field(default_factory=set)


class Listener(Reader):
    """Hears what is said: by errors and faults, in lists of notes, in summaries, in SQL."""

    def __init__(self, modules: Mapping[str, Module]) -> None:
        super().__init__(modules)
        self.scan = Scan()

    def hear_item(self, value: ast.expr, scope: Scope, at: ast.expr, *, depth: int) -> None:
        """Take note of one of several sentences that are joined."""
        self._hear(value, scope, at, depth=depth)

    def listen(self) -> Scan:
        """Hear every speaker."""
        for module in self.modules.values():
            for scope, node in scoped_nodes(module):
                if isinstance(node, ast.Call):
                    self._hear_call(node, scope)
                    self._hear_words(node, scope)
                elif isinstance(node, Function) and _is_summary(node):
                    self._hear_text(node, module)
                elif isinstance(node, ast.Constant | ast.JoinedStr):
                    self._hear_sql(node, scope)
                    if isinstance(node, ast.JoinedStr) and scope.gives_rows():
                        self._hear(node, scope, node)
                elif isinstance(node, ast.Raise):
                    self._hear_raise(node, scope)
                self._hear_lists(node, scope)
        return self.scan

    def _hear_call(self, node: ast.Call, scope: Scope) -> None:
        name = name_of(node.func) or ""
        # what a function of ours is given is heard where it speaks
        is_ours = name not in SPEAKERS and any(self._functions(node.func, scope))
        named = {keyword.arg for keyword in node.keywords}
        spoken = SPEAKERS.get(name, FAULT if named >= {"why", "fix"} and not is_ours else ())
        for place, argument in enumerate(node.args):
            if place < len(spoken) and spoken[place]:
                self._hear(argument, scope, node, is_place=spoken[place] == "where")
        if is_ours:
            self._hear_why(node, scope)
        for keyword in node.keywords:
            if is_ours and keyword.arg in FAULT:
                continue
            key = (keyword.arg or "").rpartition("_")[2]
            if keyword.arg in SPOKEN if spoken else key in ASIDE:
                self._hear(keyword.value, scope, node, is_place=keyword.arg == "where")
            elif keyword.arg == "ignored":
                self._hear_ignored(keyword.value, scope)
            elif keyword.arg in LISTS:
                for item, home in self.elements(keyword.value, scope):
                    self._hear(item, home, node)

    def _hear_raise(self, node: ast.Raise, scope: Scope) -> None:
        """Hear errors of Python that are ours: `raise ValueError("...")`, `raise zlib.error`."""
        raised = node.exc
        if isinstance(raised, ast.Call) and name_of(raised.func) in SAID_ON and raised.args:
            self._hear(raised.args[0], scope, raised)

    def _hear_why(self, node: ast.Call, scope: Scope) -> None:
        """Hear what a function of ours is told as its `why`: it may keep it and speak later."""
        for function, _ in self._functions(node.func, scope):
            why = arguments(function, node).get("why")
            if isinstance(why, ast.Constant | ast.JoinedStr):
                self._hear(why, scope, node)

    def _hear_words(self, node: ast.Call, scope: Scope) -> None:
        """Hear the words of closed vocabularies: acts of the audit trail, steps of progress."""
        name, given = name_of(node.func), dict(enumerate(node.args))
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        if name == "Act":
            heard = ((self.scan.acts, 2, "action"), (self.scan.objects, 3, "object_kind"))
            for words, place, key in heard:
                value = given.get(place, named.get(key))
                words.update(self._fixed(value, scope) if value is not None else ())
        elif name in PROGRESS and node.args:
            self.scan.steps |= self._fixed(node.args[0], scope)

    def _fixed(self, value: ast.expr, scope: Scope) -> set[str]:
        """Give the words that an expression can be, as far as the source tells."""
        forms = self.forms(value, scope)
        return {form[0] for form in forms if len(form) == 1 and isinstance(form[0], str)}

    def _hear_ignored(self, value: ast.expr, scope: Scope) -> None:
        """Hear why the columns of a format are left out."""
        for node, home in self._resolved(value, scope, 0):
            reasons = node.values if isinstance(node, ast.Dict) else []
            if isinstance(node, ast.DictComp):
                reasons = [node.value]
            elif isinstance(node, ast.Call) and name_of(node.func) == "fromkeys":
                reasons = node.args[1:]
            elif isinstance(node, ast.Call):
                for function, inner in self._functions(node.func, scope):
                    for result in returned(function):
                        self._hear_ignored(result, Scope(inner, function))
            for reason in reasons:
                self._hear(reason, home, value)

    def _hear_lists(self, node: ast.AST, scope: Scope) -> None:
        """Hear what is put into a local list of notes or faults."""
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            if name_of(node.targets[0]) == "reasons":
                for value in node.value.values:
                    self._hear(value, scope, value)
        elif isinstance(node, ast.AugAssign) and name_of(node.target) in LISTS:
            for item, home in self.elements(node.value, scope):
                self._hear(item, home, node.value)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "append"
            and name_of(node.func.value) in LISTS
        ):
            self._hear(node.args[0], scope, node)

    def _hear_text(self, node: Function, module: Module) -> None:
        scope = Scope(module, node)
        for value in returned(node):
            self._hear(value, scope, value)

    def _hear_sql(self, node: ast.Constant | ast.JoinedStr, scope: Scope) -> None:
        """Hear reasons that the engine puts together: 'line ' || n || ' names the same'."""
        if "INTO faults" not in ast.unparse(node):
            return
        self.is_quiet = True
        for form in self.forms(node, scope):
            sql = "".join(part if isinstance(part, str) else "{}" for part in form)
            for chain in CHAIN.findall(sql):
                for template in _chained(chain):
                    self._keep(template, node, scope)
        self.is_quiet = False

    def _hear(
        self,
        value: ast.expr,
        scope: Scope,
        at: ast.expr,
        *,
        is_place: bool = False,
        depth: int = 0,
    ) -> None:
        if isinstance(value, ast.Call) and self._makes_fault(value, scope):
            return
        for form in self.forms(value, scope, depth):
            if is_place and not _has_sentence(form):
                continue
            if has_words(form):
                self._keep(form, at, scope)
            elif any(isinstance(part, Place) for part in form) and not is_place:
                self._note_unresolved(form, scope)

    def _makes_fault(self, call: ast.Call, scope: Scope) -> bool:
        """Say whether a call gives a fault, whose parts are heard where it is made."""
        if name_of(call.func) in SPEAKERS:
            return True
        results = (
            r for function, _ in self._functions(call.func, scope) for r in returned(function)
        )
        return any(isinstance(r, ast.Call) and name_of(r.func) in SPEAKERS for r in results)

    def _note_unresolved(self, form: Template, scope: Scope) -> None:
        sources = [part.source for part in form if isinstance(part, Place)]
        known = (PASSED_ON, IN_LANGUAGE, FOREIGN)
        if any(one.search(source) for source in sources for one in known):
            return
        home = scope.function.name if scope.function else "module"
        noted = self.scan.unresolved[f"{scope.module.path}:{home}"]
        noted += [source for source in sources if source not in noted]

    def _keep(self, form: Template, at: ast.expr, scope: Scope) -> None:
        key = render(form)
        places = tuple(part.source for part in form if isinstance(part, Place))
        said = Said(key, places, f"{scope.module.path}:{at.lineno}")
        if said not in self.scan.said[key]:
            self.scan.said[key].append(said)


def scan_package(folder: Path, *, package: str = "signoff", skip: Iterable[str] = ()) -> Scan:
    """Read a package's source and give what it says.

    Args:
        folder: The package's folder.
        package: Its name.
        skip: Parts of paths that are not listened to.
    """
    modules = {}
    left_out = tuple(skip)
    for path in sorted(folder.rglob("*.py")):
        shown = path.relative_to(folder).as_posix()
        if any(part in shown for part in left_out):
            continue
        parts = [package, *path.relative_to(folder).with_suffix("").parts]
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        modules[name] = Module(name, shown, ast.parse(path.read_text("utf-8")))
    return Listener(modules).listen()


def _chained(chain: str) -> list[Template]:
    """Give the templates of an SQL concatenation; if(condition, 'a', 'b') is both."""
    parts: list[list[Template]] = []
    for piece in re.findall(r"'(?:[^']|'')*'|if\([^()]*\)|\$?[\w.]+", chain):
        if piece.startswith("'"):
            words = piece[1:-1].replace("''", "'").split("{}")
            filled = [part for word in words for part in (Place("", "value"), word)][1:]
            parts.append([tuple(filled)])
        elif piece.startswith("if("):
            parts.append([(words,) for words in re.findall(r"'([^']*)'", piece)])
        else:
            parts.append([(Place("", piece),)])
    return [merge(tuple(piece for one in chosen for piece in one)) for chosen in product(*parts)]


def _is_summary(function: Function) -> bool:
    """Say whether it gives a result in words: text(self), perhaps with digits or a language."""
    return function.name == "text" and {"self"} <= {*parameters(function)} <= TEXT_PARAMETERS


def _has_sentence(form: Template) -> bool:
    """Say whether a place is named in words, not by a path of fields."""
    return any(isinstance(part, str) and re.search(r"[a-z] |, [a-z]", part) for part in form)
