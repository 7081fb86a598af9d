"""Softmax and cross-entropy taken apart into exp, sum, ÷, log and ×; their equal parts are one object, so one node."""

from __future__ import annotations

from functools import partial, reduce

from engine.autodiff.tree import Apply, Composite, Span, Tree, fold, with_parts


def expanded(tree: Tree) -> Tree:
    """The tree made of operations alone.

    ``softmax([z…])[i]`` is e^zᵢ ÷ Σⱼ e^zⱼ. ``cross_entropy([z…], [t…])`` is −Σᵢ tᵢ·log softmax([z…])[i], and with an
    index in place of the targets −log of that one. Nothing is subtracted from the z beforehand: too large a z
    overflows, as it does where one writes it so.
    """
    softmaxes: dict[tuple[int, ...], list[Tree]] = {}

    def softmax(logits: tuple[Tree, ...], span: Span) -> list[Tree]:
        """All of a softmax, the same objects for the same logits."""
        if (known := tuple(map(id, logits))) not in softmaxes:
            powers = [_made(span, "exp", logit) for logit in logits]
            total = reduce(partial(_made, span, "+"), powers)
            softmaxes[known] = [_made(span, "/", power, total) for power in powers]
        return softmaxes[known]

    def combine(part: Tree, new: tuple[Tree, ...]) -> Tree:
        if not isinstance(part, Composite):
            return with_parts(part, new)
        made = partial(_made, part.span)
        count = len(part.lists[0])
        shares = softmax(new[:count], part.span)
        if part.kind == "softmax":
            return shares[part.index or 0]
        if part.index is not None:
            return made("neg", made("log", shares[part.index]))
        terms = [made("*", target, made("log", share)) for target, share in zip(new[count:], shares, strict=True)]
        return made("neg", reduce(partial(made, "+"), terms))

    return fold(tree, combine)


def _made(span: Span, operation: str, *operands: Tree) -> Tree:
    """A part that nobody typed, the same node as its equals; it stands where the whole does."""
    return Apply(operation, operands, span, shared=True)
