"""How a file comes in from a browser: straight into the workspace, and not beyond a size."""

from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

from signoff.app.web.place import current_workspace
from signoff.errors import DataError
from signoff.store.imports.upload import uploads_folder

__all__ = ["LARGEST_UPLOAD_BYTES", "UploadReceiver", "refuse_unreceived"]

LARGEST_UPLOAD_BYTES = 1 << 30


class UploadReceiver(TemporaryFileUploadHandler):
    """Writes files into the private folder of uploads; a full disk or a large file is told."""

    def new_file(self, *names: Any, **named: Any) -> None:
        """Begin a file."""
        self.n_bytes = 0
        try:
            uploads_folder(current_workspace()).mkdir(mode=0o700, exist_ok=True)
            super().new_file(*names, **named)
        except OSError as error:
            self._skip(error.strerror or str(error))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece."""
        self.n_bytes += len(raw_data)
        if self.n_bytes > LARGEST_UPLOAD_BYTES:
            self._skip(f"it is larger than {LARGEST_UPLOAD_BYTES / 1e6:,.0f} MB")
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._skip(error.strerror or str(error))

    def _skip(self, why: str) -> None:
        self.request.not_received = why
        raise SkipFile


def refuse_unreceived(request: Any) -> None:
    """Say why a file did not come in, if one did not.

    Args:
        request: The request that brought it.

    Raises:
        DataError: the disk is full, or the file too large.
    """
    why = getattr(request, "not_received", "")
    if why:
        raise DataError(
            "a file could not be kept",
            why=why,
            fix="see that the disk has room and that the file is at most 1 GB, then upload it "
            "again; nothing was imported",
        )
