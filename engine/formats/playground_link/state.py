"""From the text of a link to its settings, read as the page's own script reads them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from engine.formats.playground_link import sentences
from engine.formats.playground_link.settings import (
    CHOICES,
    DEFAULTS,
    FEATURES,
    HIDE,
    OF_THE_PAGE,
    WITHOUT_EFFECT,
)
from engine.graph.kinds.dense import MAX_UNITS
from engine.problems import EngineError, Problem

LONGEST_LINK = 20_000
_SHOWN = 40
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_OTHER_BASES = {"0x": 16, "0o": 8, "0b": 2}
KEPT_IN_FRAGMENTS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"<>`')
"""What a browser leaves as it is behind the #; all else it encodes (URL standard, fragment percent-encode set)."""


@dataclass(slots=True)
class LinkState:
    """What a link names, setting by setting; ``notices`` gathers what is to be said about it."""

    words: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    switches: dict[str, bool] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    shape: tuple[int, ...] = ()
    hidden: frozenset[str] = frozenset()
    notices: list[Problem] = field(default_factory=list)


def parse(link: str) -> LinkState:
    """The settings of a link. Raises EngineError where the page itself could make nothing of it."""
    if len(link) > LONGEST_LINK:
        raise EngineError(sentences.TOO_LONG(length=len(link), limit=LONGEST_LINK))
    named = _pairs(_fragment(link))
    state = LinkState()
    for key, default in DEFAULTS.items():
        given = named.get(key)
        value = given if given is not None and given.strip() else None
        if key in CHOICES:
            state.words[key] = _word(key, value, str(default), state.notices)
        elif isinstance(default, bool):
            state.switches[key] = default if value is None else value != "false"
        elif isinstance(default, float):
            state.numbers[key] = default if value is None else _finite(key, value)
        elif isinstance(default, tuple):
            state.shape = default if key not in named else _shape(given)
        elif value is not None:
            state.texts[key] = value
    state.hidden = frozenset(key.removesuffix(HIDE) for key, value in named.items() if _hides(key, value))
    state.notices += _passed_over(named, state)
    return state


def _fragment(link: str) -> str:
    """What stands behind the first #, as a browser hands it to the page."""
    text = re.sub(r"[\t\n\r]", "", link.strip()).partition("#")[2]
    return quote(text, safe=KEPT_IN_FRAGMENTS, errors="replace")


def _pairs(fragment: str) -> dict[str, str | None]:
    """Names and values; of two of a name the later counts, and what follows a second = is dropped."""
    pairs: dict[str, str | None] = {}
    for part in fragment.split("&"):
        name, *values = part.split("=")
        if name:
            pairs[name] = values[0] if values else None
    return pairs


def _hides(key: str, value: str | None) -> bool:
    return key.endswith(HIDE) and value == "true"


def _word(key: str, value: str | None, default: str, notices: list[Problem]) -> str:
    if value is None or value in CHOICES[key]:
        return value or default
    notices.append(sentences.UNKNOWN_WORD(key=key, value=shortened(value), taken=default))
    return default


def number(text: str) -> float:
    """A number as JavaScript reads a whole text: NaN where it is none."""
    text = text.strip()
    base = _OTHER_BASES.get(text[:2].lower())
    try:
        if base is not None and re.fullmatch(r"[0-9a-fA-F]+", text[2:]):
            return float(int(text[2:], base))
        if _DECIMAL.fullmatch(text):
            return float(text)
    except (ValueError, OverflowError):
        return math.nan
    return {"": 0.0, "Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}.get(text, math.nan)


def _finite(key: str, text: str) -> float:
    """A number; infinity passes, for the page makes something of it where it stands for noise."""
    value = number(text)
    if math.isnan(value):
        raise EngineError(sentences.NOT_A_NUMBER(key=key, value=shortened(text)))
    return value


def _shape(text: str | None) -> tuple[int, ...]:
    """Units of the hidden layers; none at all for an empty text."""
    parts = [] if text is not None and not text.strip() else (text or "?").split(",")
    units = [number(part) for part in parts]
    if not all(1 <= one <= MAX_UNITS and one == int(one) for one in units):
        raise EngineError(sentences.BAD_SHAPE(value=shortened(text or ""), most=MAX_UNITS))
    return tuple(int(one) for one in units)


def _passed_over(named: dict[str, str | None], state: LinkState) -> list[Problem]:
    """What is said about keys rather than values."""
    unknown = [key for key in named if key not in DEFAULTS and not key.endswith(HIDE)]
    controls = sorted(state.hidden - FEATURES.keys())
    inputs = [key for key in FEATURES if key in state.hidden]
    idle = [key for key in WITHOUT_EFFECT if state.switches[key]]
    about = [key for key in OF_THE_PAGE if state.switches.get(key) or key in state.texts]
    said = (
        (sentences.UNKNOWN_KEYS, unknown),
        (sentences.HIDDEN_CONTROLS, controls),
        (sentences.HIDDEN_INPUTS, inputs),
        (sentences.NO_EFFECT, idle),
        (sentences.ABOUT_THE_PAGE, about),
    )
    return [kind(keys=listed(keys)) for kind, keys in said if keys]


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in a sentence, the first ones where there are many."""
    shown = [shortened(name) for name in names]
    return ", ".join(shown[:most]) + (", …" if len(shown) > most else "")


def shortened(text: str) -> str:
    """So much of a text as a sentence has room for."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
