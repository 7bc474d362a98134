"""Files in, facts out: detect, preview, import, undo, recover."""

from signoff.store.imports.detect import Detected, detect_file
from signoff.store.imports.importing import import_file, preview_import
from signoff.store.imports.options import ImportOptions, OnProgress
from signoff.store.imports.receipt import ImportReceipt, Preview, UndoReceipt
from signoff.store.imports.recover import Recovery, recover_imports
from signoff.store.imports.undo import undo_import

__all__ = [
    "Detected",
    "ImportOptions",
    "ImportReceipt",
    "OnProgress",
    "Preview",
    "Recovery",
    "UndoReceipt",
    "detect_file",
    "import_file",
    "preview_import",
    "recover_imports",
    "undo_import",
]
