"""The formats that networks are kept in, one module each: files, and links (:mod:`engine.formats.known_links`).

Importing this package registers those of files, in the order of file dialogs.
"""

from engine.formats import (  # isort: skip - the order of file dialogs
    loom as loom,
)
from engine.formats.base import (
    FileFormat,
    NetworkFile,
    can_write,
    check_place_for,
    formats,
    read_network,
    write_network,
)
from engine.formats.kind import document_kind
from engine.formats.known_links import check_link, is_link, link_formats, read_link, write_link

__all__ = [
    "FileFormat",
    "NetworkFile",
    "can_write",
    "check_link",
    "check_place_for",
    "document_kind",
    "formats",
    "is_link",
    "link_formats",
    "read_link",
    "read_network",
    "write_link",
    "write_network",
]
