"""Mathtext as one line of plain text, for screen readers, tooltips and the clipboard."""

from __future__ import annotations

import re

_NAMES = {
    "partial": "∂", "delta": "δ", "Delta": "Δ", "eta": "η", "alpha": "α", "beta": "β", "gamma": "γ",
    "sigma": "σ", "mu": "μ", "varepsilon": "ε", "epsilon": "ε", "lambda": "λ", "Phi": "Φ", "phi": "φ",
    "theta": "θ", "pi": "π", "sum": "Σ", "prod": "Π", "odot": "⊙", "cdot": "·", "times": "×",
    "leftarrow": "←", "rightarrow": "→", "Rightarrow": "⇒", "to": "→", "geq": "≥", "ge": "≥", "leq": "≤", "le": "≤",
    "neq": "≠", "ldots": "…", "cdots": "⋯", "dots": "…", "top": "ᵀ", "infty": "∞", "in": "∈",
    "sim": "~", "approx": "≈", "Vert": "‖", "nabla": "∇", "pm": "±", "quad": " ", "div": "÷",
    "qquad": " ", "left": "", "right": "", "langle": "⟨", "rangle": "⟩", "lceil": "⌈", "rceil": "⌉",
    "hat": "", "bar": "", "tilde": "", "mathit": "", "mathbf": "",
}  # fmt: skip
_UPRIGHT = frozenset(["mathrm", "operatorname", "text"])
_SIGNS = {"|": "‖", "{": "{", "}": "}", ",": " ", ";": " ", ":": " ", "!": " ", " ": " "}
_RAISED = str.maketrans("0123456789+-−()nlLT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿˡᴸᵀ")
_LOWERED = str.maketrans("0123456789+-−()ijk, ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎ᵢⱼₖ,\u202f")
"""Small letters that screen readers know; others they pass over. Between indices is a narrow gap, where no line
breaks."""
_SMALL = "".join(map(chr, (*_RAISED.values(), *_LOWERED.values())))
_SINGLE = re.compile(rf"∂?[^\W_]*[{re.escape(_SMALL)}']*|\d+\.\d+")
_TOKEN = re.compile(r"\\[A-Za-z]+ ?|\\.|[^\\]", re.DOTALL)


def plain_text(markup: str) -> str:
    r"""What a formula says, on one line; a dollar sign of words with maths between them is left out.

    >>> print(plain_text(r"\partial L/\partial W^{(2)}"), plain_text(r"\frac{1}{1 + e^{-x}}"))
    ∂L/∂W⁽²⁾ 1/(1 + e^(−x))
    """
    tokens = _TOKEN.findall(re.sub(r"(?<!\\)\$", "", markup))[::-1]
    return re.sub(r"[ \t\n]+", " ", "".join(_all(tokens))).strip()


def _all(tokens: list[str]) -> list[str]:
    """What stands before the next brace that closes, or the end; the brace is taken too."""
    said: list[str] = []
    while tokens:
        if tokens[-1] == "}":
            tokens.pop()
            break
        said.append(_next(tokens))
    return said


def _next(tokens: list[str]) -> str:
    """What the next thing says; nothing where there is none."""
    if not tokens:
        return ""
    token = tokens.pop()
    if token == "{":
        return "".join(_all(tokens))
    if token in ("^", "_"):
        return (raised if token == "^" else lowered)(_next(tokens))
    if not token.startswith("\\") or token == "\\":
        return "−" if token == "-" else token  # as it is set
    name = token[1:].strip()
    if name == "frac":
        above = _next(tokens)
        return divided(above, _next(tokens))
    if name == "sqrt":
        return rooted(_next(tokens))
    if name in _UPRIGHT:
        return _next(tokens).replace("−", "-")  # a hyphen, in a name
    return _NAMES.get(name, _SIGNS.get(token[1:], name))


def bracketed(text: str) -> str:
    """The text, in brackets where it is more than one thing.

    >>> bracketed("w₁₂"), bracketed("a + b"), bracketed("(a)(b)")
    ('w₁₂', '(a + b)', '((a)(b))')
    """
    text = text.strip()
    return text if _SINGLE.fullmatch(text) or _in_brackets(text) else f"({text})"


def _in_brackets(text: str) -> bool:
    """Whether one pair of brackets holds the whole text."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return letter == ")" and place == len(text) - 1
    return False


def divided(above: str, below: str) -> str:
    """A fraction.

    >>> divided("1", "1 + e"), divided("x²", "2")
    ('1/(1 + e)', 'x²/2')
    """
    return f"{bracketed(above)}/{bracketed(below)}"


def rooted(inside: str) -> str:
    """A root.

    >>> rooted("x"), rooted("x + 1")
    ('√x', '√(x + 1)')
    """
    return f"√{bracketed(inside)}"


def raised(script: str) -> str:
    """What stands above, in small letters where there are such.

    >>> raised("2"), raised("−x"), raised("x + 1"), raised("β")
    ('²', '^(−x)', '^(x + 1)', '^β')
    """
    return _script(script, _RAISED, "^")


def lowered(script: str) -> str:
    """What stands below, in small letters where there are such.

    >>> lowered("12"), lowered("i,j"), lowered("1 2"), lowered("max")
    ('₁₂', 'ᵢ,ⱼ', '₁\\u202f₂', '_max')
    """
    return _script(script, _LOWERED, "_")


def _script(text: str, small: dict[int, int], mark: str) -> str:
    text = text.strip()
    if all(ord(letter) in small for letter in text):
        return text.translate(small)
    return f"{mark}{bracketed(text)}"
