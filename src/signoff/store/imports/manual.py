"""The reference page of the formats: `python -m signoff.store.imports.manual`."""

from collections import defaultdict

from signoff.store.formats import FORMATS, Format, SourceColumn
from signoff.store.imports.target import TARGETS, Field, Target

__all__ = ["formats_manual"]

HEAD = """\
# Formats of files

Made from the declared formats by `python -m signoff.store.imports.manual`; do not edit by hand.

A file is CSV (or text with tabs, semicolons or bars), XLSX or Parquet; its content counts, not \
its name. The format is told by the headings; case, accents and punctuation in them do not matter. \
`signoff import FILE --dry-run` shows what a file is taken for.

† The labels come from a secondary source or from memory, and were not checked against an export.

## What can be imported

The names of these columns can be used as headings, or as targets of a mapping. In bold: every \
row needs it. A mapping may also give a value for all rows: `"=2026-01-01" = "starts_on"`.
"""
TOOLS_HEAD = """\
## Files of other tools

For each column here, the headings it is read from. A column that names the firm's own staff \
(owner, sales agent, manager) is never imported, in no format.
"""


def formats_manual() -> str:
    """Give the reference page of all formats, as Markdown.

    >>> formats_manual().splitlines()[0]
    '# Formats of files'
    """
    by_tool: dict[str, list[Format]] = defaultdict(list)
    for known in FORMATS.values():
        by_tool[known.title.partition(":")[0].split(",")[0]].append(known)
    targets = [_target(target) for target in TARGETS.values()]
    tools = [_format(known) for formats in by_tool.values() for known in formats]
    return "\n".join([HEAD, *targets, TOOLS_HEAD, *tools])


def _target(target: Target) -> str:
    lines = [
        f"### {target.name}",
        "",
        f"One row is {target.table.grain}.",
        *([f"Each row needs {' or '.join(target.one_of)}."] if target.one_of else []),
        "",
        "| column | meaning |",
        "| --- | --- |",
        *(_field(field, target) for field in target.fields),
        "",
    ]
    return "\n".join(lines)


def _field(field: Field, target: Target) -> str:
    name = f"**{field.name}**" if field.name in target.required() else field.name
    meaning = field.column.meaning
    default = dict(target.defaults).get(field.name)
    if default:
        meaning += f"; without the column: {default}"
    if field.is_personal:
        meaning += " (kept in the register alone)"
    return f"| {name} | {_cell(meaning)} |"


def _format(known: Format) -> str:
    lines = [
        f"### {known.title}",
        "",
        f"`{known.name}`, imported as {known.target}. {_source(known)}",
        "",
        "| column | headings |",
        "| --- | --- |",
        *(f"| {column.target} | {_cell(_headings(column))} |" for column in known.columns),
        *(f"| {to} | always {_cell(value)} |" for to, value in known.constants.items()),
        *(f"| (left out) | {_cell(name)}: {why} |" for name, why in known.ignored.items()),
        "",
    ]
    return "\n".join(lines)


def _source(known: Format) -> str:
    return f"Source: {known.source} ({known.source_date})."


def _headings(column: SourceColumn) -> str:
    text = ", ".join(column.headings)
    if column.factor != 1:
        text += f"; times {column.factor:,}"
    if column.mended:
        mended = ", ".join(f"{wrong} read as {right}" for wrong, right in column.mended.items())
        text += f"; {mended}"
    return text


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    import sys

    sys.stdout.write(formats_manual())
