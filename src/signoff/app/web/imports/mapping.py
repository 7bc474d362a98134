"""Which column of a file becomes what: found out, remembered, or chosen here."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from signoff.app.translation import translate
from signoff.app.web.imports.words import choose_tables, table_word
from signoff.app.web.place import current_workspace
from signoff.errors import DataError, Fault
from signoff.store.imports.look import Look, look_at_upload
from signoff.store.imports.target import Field
from signoff.store.imports.upload import Upload, choose_for_upload, load_upload

__all__ = ["choose_mapping"]


def choose_mapping(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Show what becomes of each column; sent, keep the choices and go on to the preview."""
    workspace = current_workspace()
    upload = load_upload(workspace, upload_id)
    if request.method != "POST":
        look = look_at_upload(workspace, upload, table=request.GET.get("table", ""))
        return render(request, "imports/map.html", _context(upload, look))
    table = request.POST.get("table", "")
    look = look_at_upload(workspace, upload, table=table)
    if request.POST.get("for_table", "") != table:
        choose_for_upload(workspace, upload_id, {"table": table})
        return redirect("imports:map", upload_id)
    choices = _read_choices(request.POST, look)
    upload = choose_for_upload(workspace, upload_id, choices)
    if request.POST.get("draft"):
        return HttpResponse(status=204)
    faults = _doubled(request.POST, look)
    if faults:
        context = _context(upload, look_at_upload(workspace, upload)) | _shown(faults)
        return render(request, "imports/map.html", context, status=400)
    return redirect("imports:preview", upload_id)


def _context(upload: Upload, look: Look) -> dict[str, Any]:
    detected = look.detected
    chosen = detected.mapping if detected else {}
    constants = detected.constants if detected else {}
    return {
        "upload": upload,
        "look": look,
        "table": detected.table if detected else "",
        "what": table_word(detected.table) if detected else "",
        "tables": choose_tables(),
        "fields": _fields(look),
        "columns": [
            {
                "number": number,
                "heading": heading,
                "samples": look.samples.get(heading, ()),
                "chosen": chosen.get(heading, ""),
            }
            for number, heading in enumerate(look.headings)
        ],
        "constants": [
            {"name": name, "word": _meaning(field), "value": constants.get(name, "")}
            for name, field in _constant_fields(look).items()
        ],
        "choices": look.choices,
        "faults": look.fault.faults if look.fault else (),
        "fault": look.fault.fault if look.fault else None,
    }


def _fields(look: Look) -> list[dict[str, Any]]:
    target = look.target
    if target is None:
        return []
    required = set(target.required())
    return [
        {"name": field.name, "word": _meaning(field), "is_required": field.name in required}
        for field in target.fields
    ]


def _constant_fields(look: Look) -> dict[str, Field]:
    """Give the fields that no column fills and that may hold one value for all rows."""
    if look.target is None or look.detected is None:
        return {}
    chosen = {to for source, to in look.choices.get("mapping", {}).items() if source[:1] == "="}
    wanted = [*look.lacking(), *sorted(chosen)]
    return {name: look.target.field(name) for name in wanted if name in look.target.names()}


def _read_choices(sent: QueryDict, look: Look) -> dict[str, Any]:
    """Read the choices: of the columns only those that differ from what would be found out.

    Rows imported under fewer words of one's own are known again when the file comes a second time.
    """
    names = look.target.names() if look.target else ()
    mapping: dict[str, str] = {}
    for number, heading in enumerate(look.headings):
        to = sent.get(f"column-{number}")
        if to is not None and to in {"", *names} and to != look.usual.get(heading, ""):
            mapping[heading] = to
    for name in names:
        value = sent.get(f"constant-{name}", "").strip()
        if value:
            mapping[f"={value}"] = name
    marks = {name: sent.get(name, "") for name in ("decimal_mark", "date_order", "currency")}
    return {
        "table": sent.get("table", ""),
        "mapping": mapping,
        "decimal_mark": marks["decimal_mark"] if marks["decimal_mark"] in {".", ","} else "",
        "date_order": marks["date_order"] if marks["date_order"] in {"dmy", "mdy"} else "",
        "currency": _currency(marks["currency"]),
    }


def _currency(text: str) -> str:
    code = text.strip().upper()
    return code if len(code) == 3 and code.isascii() and code.isalpha() else ""


def _doubled(sent: QueryDict, look: Look) -> list[Fault]:
    """Name the fields that several columns were given to: one would be lost."""
    by_field: dict[str, list[str]] = {}
    for number, heading in enumerate(look.headings):
        to = sent.get(f"column-{number}", "")
        if to:
            by_field.setdefault(to, []).append(heading)
    return [
        Fault(
            what=f"{len(headings)} columns become {to}: {', '.join(headings)}",
            why="a row has one value for it, and the others would be lost",
            fix="leave all but one of them out",
            where=to,
        )
        for to, headings in by_field.items()
        if len(headings) > 1
    ]


def _shown(faults: list[Fault]) -> dict[str, Any]:
    error = DataError(
        "the mapping cannot be used as it is",
        why="some columns stand against each other",
        fix="mend the lines below",
        faults=faults,
    )
    return {"fault": error.fault, "faults": error.faults}


def _meaning(field: Field) -> str:
    return translate(field.column.meaning, language=get_language() or "en")
