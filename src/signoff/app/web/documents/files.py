"""Documents as TOML files: one to download, one to replace the document as its next version."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from signoff.app.web.documents.editing import keep_sheet
from signoff.app.web.documents.kinds import DocumentKind, form_kind
from signoff.app.web.documents.sheet import blank_sheet, read_version
from signoff.app.web.place import current_workspace
from signoff.errors import DataError, MissingError
from signoff.store.register import document_history, load_document

__all__ = ["FileForm", "download_file", "upload_file"]

MAX_BYTES = 1_000_000


class FileForm(forms.Form):
    """A file to be read as a document."""

    file = forms.FileField(
        label=_("TOML file"), help_text=_("At most one megabyte, as UTF-8."), max_length=255
    )


def download_file(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Give a document as TOML: its newest version, or the one that is asked for."""
    known = form_kind(kind)
    number = read_version(request, "version") if request.GET.get("version") else None
    kept = load_document(current_workspace().register, kind=kind, name=name, version=number)
    if known.write_file is None:
        raise _no_file(known)
    answer = HttpResponse(known.write_file(kept.body), content_type="application/toml")
    file_name = f"{slugify(name) or kind}-{kept.version}.toml"
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer


def upload_file(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Ask for a TOML file; sent, save it as the next version if nothing is wrong with it."""
    known = form_kind(kind)
    if known.read_file is None:
        raise _no_file(known)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        body = known.read_file(_text(form.cleaned_data["file"]))
        base_version = read_version(request, "base_version")
        return keep_sheet(request, blank_sheet(known, name, body=body, base_version=base_version))
    kept = document_history(current_workspace().register, kind=kind, name=name)
    context = {
        "form": form,
        "kind": known,
        "name": name,
        "base_version": kept[0].version if kept else 0,
    }
    status = 422 if form.is_bound else 200
    return render(request, "documents/upload.html", context, status=status)


def _text(file: object) -> str:
    """Read an uploaded file as text.

    Raises:
        DataError: it is too large, or no text in UTF-8.
    """
    content = file.read(MAX_BYTES + 1)  # type: ignore[attr-defined]  # Django's uploads have no type
    if len(content) > MAX_BYTES:
        raise DataError(
            _("the file is larger than one megabyte"),
            why=_("a document is a few kilobytes; this is probably another file"),
            fix=_("choose the file of the document"),
            where="file",
        )
    try:
        text: str = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            _("the file is not text in UTF-8"),
            why=_("TOML files are UTF-8 by definition"),
            fix=_("save it as UTF-8 in your editor"),
            where="file",
        ) from error
    return text


def _no_file(kind: DocumentKind) -> MissingError:
    return MissingError(
        _("documents of this kind have no file"),
        why=_("they are written in the browser only"),
        fix=_("open the form instead"),
        where=kind.name,
    )
