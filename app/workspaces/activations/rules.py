"""The slope of every activation by rule, typeset so that its symbols can be pointed at: y is the point on f's curve, x
the cursor."""

from __future__ import annotations

from app.kit.formula.boxes import Box, Keyed, Maths, Row
from app.kit.typeset import plain_text
from app.workspaces.activations.own_formulas import own_branch, rule_of, rule_text
from app.workspaces.activations.shown import Shown
from engine.activations.branches import SlopeBranch

_RULES: dict[str, str | tuple[str, str]] = {
    "identity": "1",
    "step": ("0", "0"),
    "logistic": "@y(1 - @y)",
    "softmax": "@y(1 - @y)",
    "tanh": "1 - @y^2",
    "relu": ("1", "0"),
    "leaky_relu": ("1", r"\gamma"),
    "elu": ("1", r"@y + \alpha"),
    "softplus": r"\sigma(@x)",
    "silu": r"@y + \sigma(@x)(1 - @y)",
    "gelu": r"\Phi(@x) + @x\,\varphi(@x)",
    "gelu_tanh": r"\frac{1 + t}{2} + \frac{@x}{2}(1 - t^2)\,u'",
}
"""f' in terms of y = f(x) where that is how it is computed, else of x; ``@`` marks a symbol that can be pointed at. Of
two, the first holds above 0, the second below; PyTorch takes that at 0 as well."""


def rule_at(shown: Shown, x: float) -> str | SlopeBranch:
    """The slope's rule where the cursor is: the branch that holds there, of a function that has several."""
    return own_branch(shown.known, x, shown.scalar.at(x)[0]) if shown.known is not None else markup_at(shown.key, x)


def markup_at(key: str, x: float) -> str:
    """The same of an activation of the catalogue, its symbols marked by ``@``."""
    rule = piece_at(key, x)
    return rule if isinstance(_RULES[key], str) else _where(rule, ">" if x > 0.0 else "<" if x < 0.0 else "=")


def piece_at(key: str, x: float) -> str:
    """The same without the condition under which it holds."""
    rule = _RULES[key]
    return rule if isinstance(rule, str) else rule[0] if x > 0.0 else rule[1]


def rule_box(shown: Shown, rule: str | SlopeBranch) -> Box:
    """A rule as a formula."""
    if isinstance(rule, str):
        return keyed_box(rule, shown.key)
    return rule_of(shown.known, rule) if shown.known is not None else Row(())


def rule_words(shown: Shown) -> str:
    """How the slope of a function comes about, all branches of it, as plain text."""
    if shown.known is not None:
        return rule_text(shown.known)
    rule = _RULES[shown.key]
    if isinstance(rule, tuple):
        above, below = rule
        rule = _where(above, r"\neq") if above == below else f"{_where(above, '>')},\\ {_where(below, '<')}"
    return plain_text(rule.replace("@", ""))


def _where(rule: str, sign: str) -> str:
    return rf"{rule}\ (@x {sign} 0)"


def keyed_box(markup: str, key: str) -> Box:
    """Mathtext in which ``@y`` and ``@x`` become parts of their own."""
    if "\\frac" in markup:  # which cannot be cut into pieces
        return Maths(markup.replace("@", ""))
    first, *rest = markup.split("@")
    boxes: list[Box] = [Maths(first)] if first else []
    for part in rest:
        boxes.append(Keyed((part[0], key), Maths(part[0])))
        tail = part[1:]
        if tail.startswith("^"):
            boxes[-1] = Keyed((part[0], key), Maths(part[0] + tail[:2]))
            tail = tail[2:]
        if tail:
            boxes.append(Maths(tail))
    return Row(tuple(boxes))
