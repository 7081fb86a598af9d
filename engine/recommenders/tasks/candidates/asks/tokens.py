"""``tokens``: what can be searched for, as far as the network knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.candidates.opened import OpenedCandidates


class TokensParameters(Parameters):
    """``text`` in any case, anywhere in a token; without one, the most frequent tokens of all."""

    text: str = Field(default="", max_length=1000, description="part of what is searched for")
    limit: int = Field(default=20, ge=1, le=1000, description="tokens at most")


@dataclass(frozen=True, slots=True)
class Token:
    """``token``: its id, as ``searches`` takes it. ``searches``: how many there are in training, each before a watch.
    A token that training had none of tells the network nothing."""

    token: int
    text: str
    searches: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """``found``: how many there are in all."""

    found: int
    tokens: Sequence[Token]


def token_of(opened: OpenedCandidates, token: int) -> Token:
    """A token that the network reads, for people."""
    return Token(token, opened.token_text(token), int(opened.searches[token]))


def answer(opened: OpenedCandidates, parameters: TokensParameters) -> Tokens:
    """Those that training had, the most frequent first; one of exactly this text comes before them."""
    text, counts = parameters.text.strip().lower(), opened.searches
    has = counts > 0
    has[:1] = False  # the bucket for unknown ones is nothing that anybody types
    if text:
        has &= opened.searchable_tokens.str.contains(text, literal=True).to_numpy()
    found = np.flatnonzero(has)
    exact = (opened.searchable_tokens == text).to_numpy()[found]
    found = found[np.lexsort((-counts[found], ~exact))]
    return Tokens(len(found), [token_of(opened, token) for token in found[: parameters.limit].tolist()])


ASK = Ask("tokens", "what can be searched for, the most frequent first", TokensParameters, answer)
