"""Which kinds of link there are, and what they make of a text."""

from __future__ import annotations

from engine.formats.links import LINKS, LinkedNetwork, LinkFormat, WrittenLink
from engine.problems import EngineError, declare

NO_LINK = declare("file.no-link", "Neuroloom can't open this link. Use one that begins with {known}.")


def link_formats() -> tuple[LinkFormat, ...]:
    """Every kind of link. They are loaded when the first link comes: most starts see none."""
    from engine.formats import playground_link  # noqa: F401  registers itself

    return tuple(LINKS.values())


def is_link(text: str) -> bool:
    """Whether some kind of link recognises the text."""
    return any(one.recognises(text) for one in link_formats())


def check_link(text: str) -> None:
    """Raise the EngineError that opening this link would raise; quick enough for a click."""
    _format_of(text).check(text)


def read_link(text: str) -> LinkedNetwork:
    """The network that a link says. Raises EngineError with one sentence whatever is wrong with it."""
    return _format_of(text).read(text)


def write_link(network: LinkedNetwork) -> WrittenLink:
    """The network as a link of the first kind. Raises EngineError with the first reason why none can say it."""
    for one in link_formats():
        return one.write(network)
    raise LookupError("no registered kind of link")


def _format_of(text: str) -> LinkFormat:
    for one in link_formats():
        if one.recognises(text):
            return one
    raise EngineError(NO_LINK(known=", ".join(one.start for one in LINKS.values())))
