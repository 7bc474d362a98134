"""A report as PDF: tagged, with alternative texts, drawn by typst from the same document."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from types import ModuleType
from typing import Any

from signoff.errors import DataError
from signoff.report.document import Document
from signoff.report.drawing import Frame, draw_svg
from signoff.report.extra import load_extra
from signoff.report.forms import ReaderForms, reader_forms

__all__ = ["pdf_of"]

FONT = "Libertinus Serif"
WIDTH = 620
STANDARD = "ua-1"


def pdf_of(document: Document, *, made_at: datetime) -> bytes:
    """Give a report as a PDF in the form PDF/UA-1, which screen readers can read.

    A name in a script for which no font is at hand leaves that form, but not the PDF.

    Args:
        document: The report.
        made_at: Time to be written into the file, in UTC.

    Raises:
        DataError: typst is not installed, or cannot set the report.

    Call it so: `pdf_of(compose_report(plan), made_at=plan.made_at)`.
    """
    typst = load_extra("typst", wanted_for="PDF reports")
    forms = reader_forms(document.language)
    body = json.dumps(_with_drawings(asdict(document), forms), ensure_ascii=False)
    try:
        return _compile(typst, body, made_at=made_at, standards=[STANDARD])
    except typst.TypstError:
        return _compile_plainly(typst, body, made_at=made_at)


def _compile_plainly(typst: ModuleType, body: str, *, made_at: datetime) -> bytes:
    try:
        return _compile(typst, body, made_at=made_at, standards=[])
    except typst.TypstError as error:
        raise DataError(
            "the report could not be set as PDF",
            why=str(error),
            fix="write it as HTML, which holds the same, and print that",
        ) from error


def _compile(typst: ModuleType, body: str, *, made_at: datetime, standards: list[str]) -> bytes:
    template = files("signoff.report").joinpath("templates", "report.typ").read_bytes()
    pdf: bytes = typst.compile(
        template,
        sys_inputs={"document": body},
        pdf_standards=standards,
        timestamp=made_at.replace(microsecond=0),  # typst takes whole seconds alone
    )
    return pdf


def _with_drawings(part: Any, forms: ReaderForms) -> Any:
    """Replace the specification of each figure by its drawing."""
    if isinstance(part, list | tuple):
        return [_with_drawings(item, forms) for item in part]
    if not isinstance(part, Mapping):
        return part
    if part.get("kind") == "figure":
        rest = {key: value for key, value in part.items() if key != "spec"}
        return {**rest, "svg": _draw(part, forms)}
    return {key: _with_drawings(value, forms) for key, value in part.items()}


def _draw(figure: Mapping[str, Any], forms: ReaderForms) -> str:
    frame = Frame(
        anchor=figure["anchor"],
        width=WIDTH,
        font=FONT,
        title=figure["title"],
        alternative=figure["alternative"],
    )
    return draw_svg(figure["spec"], frame, forms=forms)
