"""Formulas set without mathtext: letters, signs, indices, fractions, roots and brackets, from the same font by the same
rules, ten to a hundred times as fast and without matplotlib, whose import takes half a second.

Each new name, index or number would cost mathtext's parser one to five milliseconds, which is too much while one
types. The lengths are mathtext's for STIX (``STIXFontConstants``), which has them from the font's own TeX table; a test
holds both to the same outlines. Roots and brackets that grow are drawn as in the formulas of :mod:`app.kit.formula`.
Markup with anything else is left to mathtext.
"""

from __future__ import annotations

import re

from app.kit.glyphs import EM, NoGlyphError, QuickLine, glyph
from app.kit.quick_layout import Item, fenced, fraction, root, under_accent, under_line, with_limits, with_scripts

_MEDIUM, _THIN = 0.2 * EM, 0.16667 * EM

_LETTERS = {
    "partial": "∂", "infty": "∞", "nabla": "∇", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε",
    "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "ϕ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Delta": "Δ", "Sigma": "Σ", "Phi": "Φ", "Omega": "Ω", "Gamma": "Γ", "Theta": "Θ", "Lambda": "Λ", "Vert": "‖",
    "|": "‖", "top": "⊤", "varphi": "φ", "{": "{", "}": "}", "ldots": "…",
}  # fmt: skip
_BINARY = {"+": "+", "-": "−", "−": "−", "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "odot": "⊙"}
_RELATIONS = {
    "=": "=", ":": ":", "<": "<", ">": ">", "leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈", "sim": "∼", "in": "∈",
    "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒", "to": "→", "mid": "∣", "subset": "⊂",
}  # fmt: skip
_SPACES = {",": _THIN, ":": 0.22222 * EM, ";": 0.27778 * EM, " ": 0.33333 * EM, "quad": EM, "qquad": 2 * EM}
_FUNCTIONS = frozenset(["cos", "cosh", "exp", "ln", "log", "max", "min", "sin", "sinh", "tan", "tanh"])
_PLAIN = frozenset("()[]/|?·×÷±≤≥≠≈→←⇒∞∂∇⊙‖")
_DELIMITERS = {one: one for one in "()[]|"} | {"{": "{", "}": "}", ".": "", "Vert": "‖"}
_SCRIPTS = frozenset("^_'")
_AFTER_FUNCTION = frozenset("([/|^_")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[^\\]")


class _NotSimpleError(NoGlyphError):
    """The markup holds more than is set here."""


def set_quickly(markup: str) -> QuickLine | None:
    """The line of a simple markup at :data:`EM` pixels; None for one that is left to mathtext."""
    tokens = [token for token in _TOKEN.findall(markup) if token != " "]
    try:
        return _Reader(tokens).whole()
    except NoGlyphError:
        return None


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

    def whole(self) -> QuickLine:
        """Everything there is."""
        item = self._row("")
        return item.line

    def _row(self, end: str) -> Item:
        """Everything up to the token ``end``, which is taken too."""
        row, last = QuickLine(), Item(QuickLine())
        while (token := self._peek()) and token not in ("}", "\\right"):
            last = self._item()
            row.width += last.before
            row.append(last.line)
            row.width += last.after
        if self._take() != end:
            raise _NotSimpleError
        self._before = "}"
        return Item(row, slanted=last.slanted, height=last.height or last.line.ascent)

    def _item(self) -> Item:
        token = self._take()
        name = token[1:] if token.startswith("\\") else token
        before, self._before = self._before, token
        if token.startswith("\\") and name in _SPACES:
            return Item(QuickLine(), before=_SPACES[name])
        if token.startswith("\\") and name in _FUNCTIONS:
            return self._function(name, before)
        built = self._built(token)
        item = built if built is not None else _sign(token, name, before, self._peek())
        return self._with_scripts(item) if self._peek() in _SCRIPTS else item

    def _built(self, token: str) -> Item | None:
        """What is made of something else; None for a single sign."""
        match token:
            case "{":
                return self._row("}")
            case "'":
                self._at -= 1  # of nothing
                return Item(QuickLine())
            case "\\mathrm":
                return self._upright()
            case "\\frac":
                return fraction(self._group(), self._group())
            case "\\sqrt":
                return root(self._group())
            case "\\hat" | "\\tilde":
                return self._accented("\u0302" if token == "\\hat" else "\u0303")
            case "\\overline":
                return under_line(self._group())
            case "\\left":
                return self._fenced()
            case "\\sum" | "\\prod":
                return self._with_limits("∑" if token == "\\sum" else "∏")
        return None

    def _group(self) -> QuickLine:
        """What a command is done to: a group in braces, or the next sign."""
        self._before = self._peek()
        if self._take() == "{":
            return self._row("}").line
        self._at -= 1
        return self._single().line

    def _single(self) -> Item:
        token = self._take()
        name = token[1:] if token.startswith("\\") else token
        if name in _BINARY or name in _RELATIONS or token in ("", "}", "^", "_", ",", ".", ";"):
            raise _NotSimpleError
        item = _sign(token, name, "", "")
        self._before = "}"
        return item

    def _upright(self) -> Item:
        if self._take() != "{":
            raise _NotSimpleError
        row, last = QuickLine(), 0.0
        while (token := self._take()) != "}":
            if token.startswith("\\") and token[1:] in _SPACES:
                row.width += _SPACES[token[1:]]
                continue
            if token != "-" and not (token.isalnum() and token.isascii()):
                raise _NotSimpleError
            letter = glyph(token, False)  # in a name, - is the hyphen; mathtext would make a minus of it
            row.append(letter)
            last = letter.ascent
        self._before = "}"
        return Item(row, height=last)

    def _function(self, name: str, before: str) -> Item:
        row = QuickLine()
        stands_behind = before == "}" or before.isalnum() or before.removeprefix("\\") in _LETTERS or before in ")]"
        space = _THIN if before and stands_behind else 0.0  # as in TeX; mathtext leaves it out
        for letter in name:
            row.append(glyph(letter, False))
        if self._peek() not in _SCRIPTS:
            return Item(row, space, 0.0 if self._peek() in _AFTER_FUNCTION else _THIN)
        if name in ("max", "min"):
            raise _NotSimpleError
        item = self._with_scripts(Item(row, height=glyph(name[-1], False).ascent))
        return Item(item.line, space, _THIN)

    def _accented(self, accent: str) -> Item:
        braced = self._peek() == "{"
        if braced:
            self._take()
        item = self._single()
        if braced and self._take() != "}":
            raise _NotSimpleError
        return under_accent(item.line, accent)

    def _fenced(self) -> Item:
        left = self._delimiter()
        inside = self._row("\\right").line
        return fenced(inside, left, self._delimiter())

    def _delimiter(self) -> str:
        token = self._take().removeprefix("\\")
        if token not in _DELIMITERS:
            raise _NotSimpleError
        self._before = "("
        return _DELIMITERS[token]

    def _with_limits(self, sign: str) -> Item:
        found: dict[str, QuickLine] = {}
        while (token := self._peek()) in ("^", "_") and token not in found:
            self._at += 1
            found[token] = self._group()
        return with_limits(glyph(sign, False), found.get("^"), found.get("_"))

    def _with_scripts(self, item: Item) -> Item:
        if item.before or item.after:
            raise _NotSimpleError
        scripts: dict[str, QuickLine] = {}
        primes = 0
        while (sign := self._peek()) in _SCRIPTS:
            self._at += 1
            if sign == "'":
                primes += 1
            elif sign in scripts:
                raise _NotSimpleError
            else:
                scripts[sign] = self._group()
        if primes and "^" in scripts:
            raise _NotSimpleError
        for _ in range(primes):
            scripts.setdefault("^", QuickLine()).append(glyph("′", False))
        return with_scripts(item, scripts.get("^"), scripts.get("_"))


def _sign(token: str, name: str, before: str, after: str) -> Item:
    """One sign, which stands between these two."""
    if name in _BINARY and (token.startswith("\\") or token in "+-−"):
        alone = not before or before in ("{", "(", "[", "<") or before.removeprefix("\\") in _RELATIONS
        space = 0.0 if alone else _MEDIUM
        return Item(glyph(_BINARY[name], False), space, space)
    if name in _RELATIONS and (token.startswith("\\") or token in "=<>:"):
        return Item(glyph(_RELATIONS[name], False), _MEDIUM, _MEDIUM)
    if token.startswith("\\"):
        if name not in _LETTERS:
            raise _NotSimpleError
        return _letter(_LETTERS[name])
    if token in (",", ";", ".", "!"):
        alone = before == "{" and after == "}" if token == "," else token == "." and (before + after).isdigit()
        return Item(glyph(token, False), after=0.0 if alone and before and after else _MEDIUM)
    if token.isalnum() or token in _PLAIN:
        return _letter(token)
    raise _NotSimpleError


def _letter(letter: str) -> Item:
    """A letter of the alphabet or a small Greek one is slanted; everything else stands upright."""
    slanted = letter.isalpha() and not ("Α" <= letter <= "Ω")
    found = glyph(letter, slanted)
    return Item(found, slanted=slanted, height=found.ascent)
