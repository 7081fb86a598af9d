"""The file formats, one module each. Importing this package registers them in the order of file dialogs."""

from engine.formats import (  # isort: skip - the order of file dialogs
    loom as loom,
)
from engine.formats.base import FileFormat, NetworkFile, can_write, formats, read_network, write_network
from engine.formats.kind import document_kind

__all__ = ["FileFormat", "NetworkFile", "can_write", "document_kind", "formats", "read_network", "write_network"]
