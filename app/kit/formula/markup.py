r"""Markup, a part of TeX's such as ``\frac{1}{n} \sum_i x_i^2``, read into boxes and set in type.

Markup that cannot be read is written out as plain text. The boxes' lengths are those of matplotlib's mathtext; a test
holds both to the same outlines.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainterPath

from app.kit.formula.glyphs import EM, words_glyph
from app.kit.formula.laid_out import MOST_BYTES, Box, Em, Placed, PlacedPiece, arranged, formula_bytes, walked
from app.kit.formula.tex import Accent, Fenced, Fraction, Letter, OperatorLimits, Root, Row, Script, Space
from app.kit.kept_within import kept_within
from app.kit.plain_maths import plain_text

_MEDIUM, _THIN = 0.2, 0.16667

_LETTERS = {
    "partial": "∂", "infty": "∞", "nabla": "∇", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε",
    "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "ϕ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Delta": "Δ", "Sigma": "Σ", "Phi": "Φ", "Omega": "Ω", "Gamma": "Γ", "Theta": "Θ", "Lambda": "Λ", "Vert": "‖",
    "|": "‖", "top": "⊤", "varphi": "φ", "ldots": "…", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    "langle": "⟨", "rangle": "⟩",
} | {sign: sign for sign in "{}_#$%&"}  # fmt: skip
_BINARY = {
    "+": "+", "-": "−", "−": "−", "*": "∗", "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "odot": "⊙",
}  # fmt: skip
_RELATIONS = {
    "=": "=", ":": ":", "<": "<", ">": ">", "leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈", "sim": "∼", "in": "∈",
    "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒", "to": "→", "mid": "∣", "subset": "⊂",
}  # fmt: skip
_OPERATORS = _BINARY | _RELATIONS
_SIGNS = _LETTERS | _OPERATORS
_SPACES = {"!": -_THIN, ",": _THIN, ":": 0.22222, ";": 0.27778, " ": 0.33333, "quad": 1.0, "qquad": 2.0}
_FUNCTIONS = frozenset(["cos", "cosh", "exp", "ln", "log", "max", "min", "sin", "sinh", "tan", "tanh"])
_ACCENTS = {"hat": "\u0302", "tilde": "\u0303", "overline": ""}
_LIMITED = {"sum": "∑", "prod": "∏"}
_UPRIGHT = frozenset('()[]/|?·×÷±≤≥≠≈→←⇒∞∂∇⊙‖"@%')
_DELIMITERS = {sign: sign for sign in "()[]|{}"} | {".": "", "<": "<", ">": ">"}
_SCRIPTS = frozenset("^_'")
_AFTER_FUNCTION = frozenset("([/|^_")
_MARKS = frozenset(["", "{", "}", "^", "_", "$", "&", "#", "~", "\\"])
"""What stands for something else, and the end."""
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_DEEPEST = 60
"""Groups within one another; deeper ones are no formula that anyone can read."""


class MarkupError(ValueError):
    """The markup cannot be read."""


@kept_within(MOST_BYTES, formula_bytes)
def set_markup(markup: str) -> Placed:
    """Set markup at :data:`EM` pixels, as one outline. To be read only."""
    try:
        placed = arranged(read_markup(markup), Em(EM, 0.0, inline=True))
    except MarkupError:
        font = QFont()
        font.setFamilies(["STIX Two Text", "Times New Roman", "Liberation Serif", "DejaVu Serif", "serif"])
        font.setItalic(True)
        words = words_glyph(plain_text(markup), font)
        return Placed(words.width, 0.66 * EM, 0.11 * EM, "", (PlacedPiece(path=words.path),))
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for x, y, box, _colour in walked(placed):
        for piece in box.pieces:
            if piece.path is not None:
                path.addPath(piece.path.translated(x + piece.x, y + piece.y))
    return Placed(
        placed.width, placed.ascent, placed.descent, "", (PlacedPiece(path=path),), slant=placed.slant, tall=placed.tall
    )


def read_markup(markup: str) -> Box:
    """Return the boxes of markup. Raises MarkupError."""
    return _Reader([token for token in _TOKEN.findall(markup) if token != " "]).whole()


class _Reader:
    """Reads markup from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens, self._at, self._before, self._depth = [*tokens, ""], 0, "", 0

    def _peek(self) -> str:
        return self._tokens[self._at]

    def _take(self) -> str:
        token = self._tokens[self._at]
        self._at += bool(token)
        return token

    def whole(self) -> Box:
        """Read everything there is."""
        return self._row("")

    def _row(self, end: str) -> Box:
        """Read up to the token ``end``, which is taken too."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise MarkupError
        boxes: list[Box] = []
        while (token := self._peek()) and token not in ("}", "\\right"):
            boxes += self._item()
        if self._take() != end:
            raise MarkupError
        self._before = "}"
        self._depth -= 1
        return boxes[0] if len(boxes) == 1 else Row(tuple(boxes))

    def _item(self) -> tuple[Box, ...]:
        """Read the next thing with its scripts and the space around it."""
        if self._peek() == "'":  # of nothing
            return (self._scripted(Row(())),)
        token = self._take()
        before, self._before = self._before, token
        if token.isalnum():
            return (self._scripted(_sign(token)),)
        if token.startswith("\\") and token[1:] in _SPACES:
            return (Space(_SPACES[token[1:]]),)
        if token.startswith("\\") and token[1:] in _FUNCTIONS:
            return self._function(token[1:], before)
        built = self._built(token)
        if built is not None:
            return (self._scripted(built),)
        left, right = _spaces(token, before, self._peek())
        return _spaced(left, self._scripted(_sign(token)), right)

    def _built(self, token: str) -> Box | None:
        """Read what is made of something else; None for a single sign."""
        if token != "{" and not token.startswith("\\"):
            return None
        match token:
            case "{":
                return self._row("}")
            case "\\mathrm":
                return self._upright()
            case "\\frac":
                return Fraction(self._group(), self._group())
            case "\\sqrt":
                return Root(self._group())
            case "\\left":
                left = self._delimiter()
                inside = self._row("\\right")
                return Fenced(inside, left, self._delimiter())
        name = token[1:]
        if name in _ACCENTS:
            return Accent(self._group(), _ACCENTS[name])
        return self._with_limits(Letter(_LIMITED[name])) if name in _LIMITED else None

    def _group(self) -> Box:
        """Read what a command is done to: a group in braces, or the next sign."""
        self._before = self._peek()
        token = self._take()
        if token == "{":
            return self._row("}")
        if token == "\\mathrm":
            return self._upright()
        self._before = "}"
        return _sign(token)

    def _upright(self) -> Box:
        """Read a name: upright, and with a hyphen for a minus."""
        whole = self._peek() == "{"
        if whole:
            self._take()
        boxes: list[Box] = []
        while (token := self._take()) != "}":
            name = token[1:]
            if token.startswith("\\") and name in _SPACES:
                boxes.append(Space(_SPACES[name]))
            elif token in _MARKS or (token.startswith("\\") and name not in _LETTERS):
                raise MarkupError
            else:
                boxes.append(Letter(_LETTERS[name] if token.startswith("\\") else token))
            if not whole:
                break
        self._before = "}"
        return Row(tuple(boxes))

    def _function(self, name: str, before: str) -> tuple[Box, ...]:
        stands_behind = before == "}" or before.isalnum() or before.removeprefix("\\") in _LETTERS or before in ")]"
        left = _THIN if before and stands_behind else 0.0
        box: Box = Row(tuple(map(Letter, name)))
        right = 0.0 if self._peek() in _AFTER_FUNCTION and self._peek() not in _SCRIPTS else _THIN
        box = self._with_limits(box) if name in ("max", "min") else self._scripted(box)
        return _spaced(left, box, right)

    def _delimiter(self) -> str:
        token = self._take()
        sign = token if token in _DELIMITERS else _LETTERS.get(token.removeprefix("\\"), "")
        if not sign:
            raise MarkupError
        self._before = "("
        return _DELIMITERS.get(sign, sign)

    def _with_limits(self, sign: Box) -> Box:
        found: dict[str, Box] = {}
        while (token := self._peek()) in ("^", "_") and token not in found:
            self._at += 1
            found[token] = self._group()
        return self._scripted(OperatorLimits(sign, found.get("^"), found.get("_")) if found else sign)

    def _scripted(self, base: Box) -> Box:
        """Read the scripts behind something, if there are any."""
        if self._peek() not in _SCRIPTS:
            return base
        scripts: dict[str, Box] = {}
        primes = 0
        while (sign := self._peek()) in _SCRIPTS:
            self._at += 1
            if sign == "'":
                primes += 1
            elif sign in scripts:
                raise MarkupError
            else:
                scripts[sign] = self._group()
        above = scripts.get("^")
        if primes:
            above = Row((*(primes * (Letter("′"),)), *((above,) if above is not None else ())))
        return Script(base, above, scripts.get("_")) if above is not None or "_" in scripts else base


def _spaced(left: float, box: Box, right: float) -> tuple[Box, ...]:
    return (Space(left), box, Space(right)) if left or right else (box,)


def _spaces(token: str, before: str, after: str) -> tuple[float, float]:
    """Return the space before and behind a sign that stands between these two, in em."""
    name = token.removeprefix("\\")
    if name in _BINARY:
        alone = not before or before in ("{", "(", "[", "<") or before.removeprefix("\\") in _RELATIONS
        return (0.0, 0.0) if alone else (_MEDIUM, _MEDIUM)
    if name in _RELATIONS:
        return _MEDIUM, _MEDIUM
    if token in (",", ";", ".", "!"):
        alone = before == "{" and after == "}" if token == "," else token == "." and (before + after).isdigit()
        return 0.0, 0.0 if alone and before and after else _MEDIUM
    return 0.0, 0.0


@lru_cache(maxsize=512)
def _sign(token: str) -> Box:
    """Return a single sign: letters of the alphabet and small Greek ones are slanted, all else stands upright."""
    name = token.removeprefix("\\")
    if token in _MARKS or (token.startswith("\\") and name not in _SIGNS):
        raise MarkupError
    sign = _SIGNS.get(name, name) if token.startswith("\\") or name in _OPERATORS else name
    upright = not sign.isalpha() or "Α" <= sign <= "Ω"
    return Letter(sign, not upright)
