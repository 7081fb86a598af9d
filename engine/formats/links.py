"""Networks that are said in a link: what a format of links declares, and the registry of them.

A link is text, not a file: nothing is fetched, what it says is all there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.formats.base import NetworkFile
from engine.problems import Problem


@dataclass(frozen=True, slots=True)
class LinkedNetwork:
    """What a link says, or is to say. ``notices``: what of it was passed over or decided here, a sentence each.

    ``show_test`` and ``discrete``: whether test points are shown, and decisions alone rather than how sure they are.
    """

    content: NetworkFile
    notices: tuple[Problem, ...] = ()
    show_test: bool = False
    discrete: bool = False


@dataclass(frozen=True, slots=True)
class WrittenLink:
    """A network as a link, and what of it the link does not say."""

    text: str
    notices: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkFormat:
    """One kind of link. ``start`` is how its links begin, for people; ``recognises`` is cheap and never raises.

    ``check`` is a quick look: it raises the EngineError that ``read`` would raise, ``write`` one that says why a
    network cannot be said in such a link.
    """

    key: str
    start: str
    recognises: Callable[[str], bool]
    check: Callable[[str], object]
    read: Callable[[str], LinkedNetwork]
    write: Callable[[LinkedNetwork], WrittenLink]


LINKS: dict[str, LinkFormat] = {}
"""Those that are registered, by key: see :mod:`engine.formats.known_links`."""


def register_link(link_format: LinkFormat) -> None:
    """Make a kind of link known. Raises ValueError when its key is taken."""
    if link_format.key in LINKS:
        raise ValueError(f"link format {link_format.key!r} is registered twice")
    LINKS[link_format.key] = link_format
