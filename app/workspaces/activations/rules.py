"""The slope of every activation by rule, typeset so that its symbols can be pointed at: y is the point on f's curve, x
the cursor."""

from __future__ import annotations

from app.kit.formula.boxes import Box, Keyed, Maths, Row
from app.kit.typeset import plain_text
from app.workspaces.activations.own_formulas import rule_of, rule_text
from app.workspaces.activations.shown import Shown

_RULES: dict[str, str] = {
    "identity": "1",
    "step": r"0\ (x \neq 0)",
    "logistic": "@y(1 - @y)",
    "softmax": "@y(1 - @y)",
    "tanh": "1 - @y^2",
    "relu": r"1\ (@x > 0)",
    "leaky_relu": r"1\ (@x > 0),\ \gamma",
    "elu": r"1\ (@x > 0),\ @y + \alpha",
    "softplus": r"\sigma(@x)",
    "silu": r"@y + \sigma(@x)(1 - @y)",
    "gelu": r"\Phi(@x) + @x\,\varphi(@x)",
    "gelu_tanh": r"\frac{1 + t}{2} + \frac{@x}{2}(1 - t^2)\,u'",
}
"""f' in terms of y = f(x) where that is how it is computed, else of x; ``@`` marks a symbol that can be pointed at."""


def markup_of(key: str) -> str:
    """The rule of the slope of an activation of the catalogue, its symbols marked by ``@``."""
    return _RULES[key]


def rule_box(shown: Shown) -> Box:
    """How the slope of a function comes about."""
    return rule_of(shown.known) if shown.known is not None else keyed_box(markup_of(shown.key), shown.key)


def rule_words(shown: Shown) -> str:
    """The same as plain text."""
    return rule_text(shown.known) if shown.known is not None else plain_text(markup_of(shown.key).replace("@", ""))


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
