"""Forms made from pydantic models: boxes, what stands in them, and the document read back."""

from signoff.app.web.forms.boxes import Box, Form, build_form
from signoff.app.web.forms.reading import Reading, read_typed
from signoff.app.web.forms.rows import RowAct, change_rows, read_act
from signoff.app.web.forms.shape import Kind, Shape, describe_model, shape_at
from signoff.app.web.forms.showing import Shown, show_document
from signoff.app.web.forms.typed import Typed, pick_typed, type_body

__all__ = [
    "Box",
    "Form",
    "Kind",
    "Reading",
    "RowAct",
    "Shape",
    "Shown",
    "Typed",
    "build_form",
    "change_rows",
    "describe_model",
    "pick_typed",
    "read_act",
    "read_typed",
    "shape_at",
    "show_document",
    "type_body",
]
