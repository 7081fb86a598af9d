"""Simple formulas set without mathtext: letters, figures, signs and one level of indices, from the same font by the
same rules, some hundred times as fast and without matplotlib, whose import takes half a second.

Each new name, index or number would cost mathtext's parser one to five milliseconds, which is too much while one
types. The lengths are mathtext's for STIX (``STIXFontConstants``), which has them from the font's own TeX table; a test
holds both to the same outlines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainterPath, QRawFont, QTransform

EM = 100.0
"""The size that everything here is set in, in pixels."""
_SMALL = 0.7
_X_HEIGHT, _RULE = 0.45 * EM, 0.0625 * EM
_DELTA, _SLANTED, _SCRIPT_SPACE = 0.05 * _X_HEIGHT, 0.3, 0.1 * _X_HEIGHT
_SUP, _SUB_ALONE, _SUB = 0.413 * EM, 0.15 * EM, 0.309 * EM
_MEDIUM, _THIN = 0.2 * EM, 0.16667 * EM

_LETTERS = {
    "partial": "∂", "infty": "∞", "nabla": "∇", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε",
    "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "ϕ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Delta": "Δ", "Sigma": "Σ", "Phi": "Φ", "Omega": "Ω", "Gamma": "Γ", "Theta": "Θ", "Lambda": "Λ", "Vert": "‖",
    "|": "‖", "top": "⊤",
}  # fmt: skip
_BINARY = {"+": "+", "-": "−", "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "odot": "⊙"}
_RELATIONS = {
    "=": "=", "<": "<", ">": ">", "leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈", "sim": "∼", "in": "∈",
    "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒", "to": "→",
}  # fmt: skip
_SPACES = {",": _THIN, ":": 0.22222 * EM, ";": 0.27778 * EM, " ": 0.33333 * EM, "quad": EM, "qquad": 2 * EM}
_FUNCTIONS = frozenset(["cos", "cosh", "exp", "ln", "log", "sin", "sinh", "tan", "tanh"])
_PLAIN = "()[]/|!'"
_AFTER_FUNCTION = frozenset("([/|^_")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[^\\]")


@dataclass(slots=True)
class QuickLine:
    """What has been set so far, from x = 0 on the baseline, in pixels at :data:`EM`."""

    path: QPainterPath = field(default_factory=QPainterPath)
    width: float = 0.0
    ascent: float = 0.0
    descent: float = 0.0

    def put(self, other: QuickLine, x: float, y: float = 0.0, scale: float = 1.0) -> None:
        """Place another line at (x, y), so many times as large."""
        placed = QTransform.fromTranslate(x, y).scale(scale, scale)
        self.path.addPath(placed.map(other.path))
        self.ascent = max(self.ascent, scale * other.ascent - y)
        self.descent = max(self.descent, scale * other.descent + y)

    def append(self, other: QuickLine) -> None:
        """Set another line behind."""
        self.put(other, self.width)
        self.width += other.width


@dataclass(frozen=True, slots=True)
class _Item:
    """A piece of a line: what is set, the space on either side, and whether an index follows a slanted letter."""

    line: QuickLine
    before: float = 0.0
    after: float = 0.0
    slanted: bool = False
    height: float = 0.0


class _NotSimpleError(Exception):
    """The markup holds more than is set here."""


def set_quickly(markup: str) -> QuickLine | None:
    """The line of a simple markup at :data:`EM` pixels; None for one that is left to mathtext."""
    tokens = [token for token in _TOKEN.findall(markup) if token != " "]
    try:
        return _Reader(tokens).line(nested=False)
    except _NotSimpleError:
        return None


@cache
def _face(slanted: bool) -> QRawFont:
    """One of the two faces, out of matplotlib's own files, without matplotlib."""
    found = find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise _NotSimpleError
    name = "STIXGeneralItalic.ttf" if slanted else "STIXGeneral.ttf"
    path = Path(found.submodule_search_locations[0], "mpl-data", "fonts", "ttf", name)
    return QRawFont(str(path), EM, QFont.HintingPreference.PreferNoHinting)


@cache
def _glyph(letter: str, slanted: bool) -> QuickLine:
    """One letter. What is cached is only read."""
    face = _face(slanted)
    indices = face.glyphIndexesForString(letter) if face.isValid() else []
    if len(indices) != 1 or indices[0] == 0:
        raise _NotSimpleError
    path = face.pathForGlyph(indices[0])
    path.setFillRule(Qt.FillRule.WindingFill)
    box = path.boundingRect()
    return QuickLine(path, face.advancesForGlyphIndexes(indices)[0].x(), -box.top(), box.bottom())


class _Reader:
    """Reads markup from left to right, as mathtext's grammar has it."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens, self._at, self._before = tokens, 0, ""

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def line(self, *, nested: bool) -> QuickLine:
        """Everything up to the brace that closes, or to the end."""
        line = QuickLine()
        while (token := self._peek()) and token != "}":
            item = self._item(nested=nested)
            line.width += item.before
            line.append(item.line)
            line.width += item.after
        if (nested and self._take() != "}") or (not nested and self._peek()):
            raise _NotSimpleError
        return line

    def _item(self, *, nested: bool) -> _Item:
        token = self._take()
        name = token[1:] if token.startswith("\\") else token
        before, self._before = self._before, token
        if token == "{":
            item = _Item(self.line(nested=True))
            self._before = "}"
        elif token == "\\mathrm":
            item = self._upright()
        elif token.startswith("\\") and name in _FUNCTIONS:
            return self._function(name)
        elif token.startswith("\\") and name in _SPACES:
            return _Item(QuickLine(), before=_SPACES[name])
        else:
            item = self._sign(token, name, before)
        return self._with_scripts(item, nested=nested) if self._peek() in ("^", "_") else item

    def _sign(self, token: str, name: str, before: str) -> _Item:
        if name in _BINARY and (token.startswith("\\") or token in "+-"):
            alone = not before or before in ("{", "(", "[", "<") or before.removeprefix("\\") in _RELATIONS
            space = 0.0 if alone else _MEDIUM
            return _Item(_glyph(_BINARY[name], False), space, space)
        if name in _RELATIONS and (token.startswith("\\") or token in "=<>"):
            return _Item(_glyph(_RELATIONS[name], False), _MEDIUM, _MEDIUM)
        if token.startswith("\\"):
            if name not in _LETTERS:
                raise _NotSimpleError
            return _letter(_LETTERS[name])
        if token == ",":
            alone = before == "{" and self._peek() == "}"
            return _Item(_glyph(",", False), after=0.0 if alone else _MEDIUM)
        if token == ".":
            if not (before.isdigit() and self._peek().isdigit()):
                raise _NotSimpleError
            return _Item(_glyph(".", False))
        if (token.isalnum() and token.isascii()) or (token in _PLAIN and token != "'"):
            return _letter(token)
        raise _NotSimpleError

    def _upright(self) -> _Item:
        if self._take() != "{":
            raise _NotSimpleError
        line, last = QuickLine(), 0.0
        while (token := self._take()) != "}":
            if token.startswith("\\") and token[1:] in _SPACES:
                line.width += _SPACES[token[1:]]
                continue
            if not (token.isalnum() and token.isascii()):
                raise _NotSimpleError
            letter = _glyph(token, False)
            line.append(letter)
            last = letter.ascent
        self._before = "}"
        return _Item(line, height=last)

    def _function(self, name: str) -> _Item:
        line = QuickLine()
        for letter in name:
            line.append(_glyph(letter, False))
        if self._peek() in ("^", "_"):
            raise _NotSimpleError
        return _Item(line, after=0.0 if self._peek() in _AFTER_FUNCTION else _THIN)

    # Indices ------------------------------------------------------------------------------------------------------

    def _with_scripts(self, item: _Item, *, nested: bool) -> _Item:
        if nested or item.before or item.after:
            raise _NotSimpleError  # no index of an index
        scripts: dict[str, QuickLine] = {}
        while self._peek() in ("^", "_"):
            sign = self._take()
            if sign in scripts:
                raise _NotSimpleError
            scripts[sign] = self._script(sign)
        line = QuickLine()
        line.append(item.line)
        wide = _put_scripts(line, item, scripts.get("^"), scripts.get("_"))
        line.width += wide + _SCRIPT_SPACE
        return _Item(line)

    def _script(self, sign: str) -> QuickLine:
        self._before = sign
        if self._peek() == "{":
            self._take()
            self._before = "{"
            found = self.line(nested=True)
        else:
            item = self._item_alone()
            found = item.line
        self._before = "}"
        return found

    def _item_alone(self) -> _Item:
        token = self._take()
        name = token[1:] if token.startswith("\\") else token
        if name in _BINARY or name in _RELATIONS or token in ("", "}", "^", "_", ",", "."):
            raise _NotSimpleError
        return self._sign(token, name, "")


def _letter(letter: str) -> _Item:
    """A letter of the alphabet or a small Greek one is slanted; everything else stands upright."""
    slanted = letter.isalpha() and not ("Α" <= letter <= "Ω")
    glyph = _glyph(letter, slanted)
    return _Item(glyph, slanted=slanted, height=glyph.ascent)


def _put_scripts(line: QuickLine, item: _Item, above: QuickLine | None, below: QuickLine | None) -> float:
    """Set what stands above and below behind a line; how wide that is (The TeXbook, appendix G, rule 18)."""
    x = line.width
    over = _DELTA + (_DELTA + _SLANTED * (item.height - _X_HEIGHT * 2 / 3) if item.slanted else 0.0)
    under = 0.0 if item.slanted else _DELTA
    up = max(_SUP, _SMALL * above.descent + _X_HEIGHT / 4) if above is not None else 0.0
    down = _SUB
    wide = 0.0
    if below is not None and above is None:
        down = max(_SUB_ALONE, _SMALL * below.ascent - _X_HEIGHT * 4 / 5)
    if below is not None and above is not None:
        short = 4 * _RULE - ((up - _SMALL * above.descent) - (_SMALL * below.ascent - down))
        if short > 0:
            down += short
            more = _X_HEIGHT * 4 / 5 - up + _SMALL * above.descent
            up, down = (up + more, down - more) if more > 0 else (up, down)
    for script, y, kern in ((above, -up, over), (below, down, under)):
        if script is not None:
            line.put(script, x + _SMALL * kern, y, _SMALL)
            wide = max(wide, _SMALL * (kern + script.width))
    return wide
