"""Networks that are said in a link: what a format of links declares, and the registry of them.

A link is text, not a file: nothing is fetched, what it says is all there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.formats.base import NetworkFile
from engine.problems import EngineError, Problem, declare

NO_LINK = declare("file.no-link", "This is no link that Neuroloom can open; give one that begins with {known}.")


@dataclass(frozen=True, slots=True)
class LinkedNetwork:
    """What a link says. ``notices``: what of it was passed over or decided here, a sentence each.

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
    write: Callable[[NetworkFile], WrittenLink]


_LINKS: dict[str, LinkFormat] = {}


def register_link(link_format: LinkFormat) -> None:
    """Make a kind of link known. Raises ValueError when its key is taken."""
    if link_format.key in _LINKS:
        raise ValueError(f"link format {link_format.key!r} is registered twice")
    _LINKS[link_format.key] = link_format


def link_formats() -> tuple[LinkFormat, ...]:
    """Every registered kind of link."""
    return tuple(_LINKS.values())


def is_link(text: str) -> bool:
    """Whether some kind of link recognises the text."""
    return any(one.recognises(text) for one in _LINKS.values())


def check_link(text: str) -> None:
    """Raise the EngineError that opening this link would raise; quick enough for a click."""
    _format_of(text).check(text)


def read_link(text: str) -> LinkedNetwork:
    """The network that a link says. Raises EngineError with one sentence whatever is wrong with it."""
    return _format_of(text).read(text)


def write_link(content: NetworkFile) -> WrittenLink:
    """The network as a link of the first kind. Raises EngineError with the first reason why none can say it."""
    for one in _LINKS.values():
        return one.write(content)
    raise LookupError("no registered kind of link")


def _format_of(text: str) -> LinkFormat:
    for one in _LINKS.values():
        if one.recognises(text):
            return one
    raise EngineError(NO_LINK(known=", ".join(one.start for one in _LINKS.values())))
