"""The reader of the source hears every way in which something is said."""

import ast
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

Read = Callable[[str], Any]


def said(scan: Any) -> set[str]:
    return set(scan.said)


def test_scan_constant_and_formatted_parts_of_an_error_are_heard(scan_source: Read) -> None:
    scan = scan_source(
        "def refuse(name, n_rows):\n"
        "    raise DataError(f'{name} has {n_rows:,} rows of {name!r}', why='too many',\n"
        "        fix='cut')\n"
    )
    assert said(scan) == {"{0} has {1:n} rows of {2!r}", "too many", "cut"}
    assert scan.said["too many"][0].at == "module.py:2"


def test_scan_either_side_of_a_condition_is_heard(scan_source: Read) -> None:
    scan = scan_source(
        "def refuse(n):\n"
        "    rows = '1 row' if n == 1 else f'{n:,} rows'\n"
        "    raise DataError(f'it has {rows}', why='few' if n else 'none', fix=n or 'add one')\n"
    )
    assert said(scan) == {"it has 1 row", "it has {0:n} rows", "few", "none", "add one"}


def test_scan_sums_formats_and_constants_are_followed(scan_source: Read) -> None:
    scan = scan_source(
        "NONE = 'there is ' + 'none'\n"
        "WORDS = {'a': 'more than {limit}', 'b': 'less'}\n"
        "def refuse(key, limit):\n"
        "    raise DataError(NONE, why=WORDS[key].format(limit=limit),\n"
        "        fix=WORDS.get(key, 'or so'))\n"
    )
    found = {"there is none", "more than {0}", "less", "more than {{limit}}", "or so"}
    assert said(scan) == found


def test_scan_functions_and_their_callers_are_followed(scan_source: Read) -> None:
    scan = scan_source(
        "def _hint(names):\n"
        "    return f'use one of {names}' if names else 'there is none to use'\n"
        "def _refused(what, why='it is so'):\n"
        "    return DataError(f'{what} cannot be', why=why, fix=_hint(()))\n"
        "def first():\n"
        "    raise _refused('the lake')\n"
        "def second():\n"
        "    raise _refused('the register', why='it is busy')\n"
    )
    assert said(scan) == {
        "the lake cannot be",
        "the register cannot be",
        "it is so",
        "it is busy",
        "use one of {0}",
        "there is none to use",
    }


def test_scan_parts_of_tuples_and_loops_are_followed(scan_source: Read) -> None:
    scan = scan_source(
        "KINDS = ((b'PDF', 'a PDF', 'export it'), (b'GIF', 'a picture', 'type it'))\n"
        "def detect(head):\n"
        "    for mark, what, fix in KINDS:\n"
        "        if head == mark:\n"
        "            raise DataError(f'it is {what}', why='no table', fix=fix)\n"
    )
    assert said(scan) == {"it is a PDF", "it is a picture", "no table", "export it", "type it"}


def test_scan_lists_of_notes_and_joined_reasons_are_heard(scan_source: Read) -> None:
    scan = scan_source(
        "def study(names):\n"
        "    notes = ['all is well']\n"
        "    notes.append(f'{len(names)} are new')\n"
        "    notes += _more()\n"
        "    if names:\n"
        "        raise DataError('no', why='; '.join(f'{n} is odd' for n in names), fix='mend')\n"
        "    return Result(notes=tuple(notes))\n"
        "def _more():\n"
        "    return ['there is more']\n"
    )
    assert said(scan) == {
        "all is well",
        "{0:n} are new",
        "there is more",
        "no",
        "{0} is odd",
        "mend",
    }


def test_scan_summary_of_a_result_is_heard(scan_source: Read) -> None:
    scan = scan_source(
        "class Receipt:\n"
        "    def text(self):\n"
        "        lines = [f'{self.n_rows:,} rows.', *(f'- {f.place}: bad' for f in self.faults)]\n"
        "        return '\\n'.join(lines)\n"
        "    def rows(self):\n"
        "        return [{'outcome': f'left out: {self.why}'}]\n"
    )
    assert said(scan) == {"{0:n} rows.", "- {0}: bad", "left out: {0}"}


def test_scan_reasons_that_sql_puts_together_are_heard(scan_source: Read) -> None:
    scan = scan_source(
        "def find(session, n):\n"
        "    session.execute(\n"
        "        \"INSERT INTO faults SELECT line, 'the row has ' || n_cells || \"\n"
        "        f\"if(n_cells = 1, ' cell', ' cells') || ', the heading {n}' FROM bad\"\n"
        "    )\n"
        "    reasons = {'missing': 'it is empty', 'wrong': f'it is no {n}'}\n"
    )
    assert said(scan) == {
        "the row has {0} cell, the heading {1}",
        "the row has {0} cells, the heading {1}",
        "it is empty",
        "it is no {0}",
    }


def test_scan_what_gettext_says_is_left_to_it(scan_source: Read) -> None:
    scan = scan_source(
        "def refuse(text):\n"
        "    what = _('%(text)s is no number') % {'text': text}\n"
        "    raise DataError(what, why=_('a number belongs here'), fix=gettext('write one'))\n"
    )
    assert said(scan) == set()
    assert not scan.unresolved


def test_scan_what_another_program_says_is_no_sentence_of_ours(scan_source: Read) -> None:
    scan = scan_source(
        "def read(path):\n"
        "    raise DataError('it cannot be read', why=str(error), fix=error.strerror)\n"
    )
    assert said(scan) == {"it cannot be read"}
    assert not scan.unresolved


def test_scan_errors_of_python_that_are_ours_are_heard(scan_source: Read) -> None:
    scan = scan_source(
        "def check(n):\n"
        "    if n:\n"
        "        raise ValueError(f'give at most {n}')\n"
        "    raise zlib.error('it is packed')\n"
    )
    assert said(scan) == {"give at most {0}", "it is packed"}


def test_scan_what_cannot_be_told_is_named(scan_source: Read) -> None:
    scan = scan_source("def refuse(row):\n    raise DataError('no', why=row.cell, fix='mend')\n")
    assert dict(scan.unresolved) == {"module.py:refuse": ["row.cell"]}


def test_scan_acts_and_steps_are_heard(scan_source: Read) -> None:
    scan = scan_source(
        "def store(by, at, on_progress, is_done):\n"
        "    on_progress('writing', 0)\n"
        "    action = 'finished' if is_done else 'started'\n"
        "    return Act(by, at, action, 'run', 'r1')\n"
    )
    assert scan.steps == {"writing"}
    assert (scan.acts, scan.objects) == ({"finished", "started"}, {"run"})


def test_is_covered_new_sentence_without_french_is_found(
    messages: ModuleType, scan_source: Read
) -> None:
    scan = scan_source(
        "def refuse(name):\n"
        "    raise DataError(f'there is no import {name!r}', why='pigs fly',\n"
        "        fix='check the path')\n"
    )
    assert [key for key in scan.said if not messages.is_covered(key)] == ["pigs fly"]


@pytest.mark.parametrize(
    "key",
    [
        "{0} is empty and rather small",  # begins like one that has French
        "write a longer poem",  # would be "écrivez a longer poem"
        "import {0} is frozen and cannot become {1}",  # frozen is no state
        "damaged: the moon was full",
    ],
)
def test_is_covered_english_left_inside_is_found(messages: ModuleType, key: str) -> None:
    assert not messages.is_covered(key)


def test_find_stale_sentence_that_nobody_says_is_found(messages: ModuleType) -> None:
    stale = messages.find_stale({"there is no import {0!r}"})
    assert "there is no import {0!r}" not in stale
    assert "another backup is being made" in stale


def test_render_braces_of_the_sentence_stay(scan_source: Read) -> None:
    source = "def f(x):\n    raise DataError(f'write {{{x}}}', why='a', fix='so it is')\n"
    assert ast.parse(source)
    assert "write {{{0}}}" in said(scan_source(source))
