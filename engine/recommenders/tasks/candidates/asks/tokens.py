"""``tokens``: what can be searched for, as far as the network knows it."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.candidates.answers import FoundTokens, SearchToken
from engine.recommenders.tasks.candidates.opened import OpenedCandidates


class TokensParameters(Parameters):
    """``text`` in any case, anywhere in a token; without one, the most frequent tokens of all."""

    text: str = Field(default="", max_length=1000, description="part of what is searched for")
    limit: int = Field(default=20, ge=1, le=1000, description="tokens at most")


def token_of(opened: OpenedCandidates, token: int) -> SearchToken:
    """A token that the network reads, for people."""
    return SearchToken(token, opened.token_text(token), int(opened.searches[token]))


def answer(opened: OpenedCandidates, parameters: TokensParameters) -> FoundTokens:
    """Those that training had, the most frequent first; one of exactly this text comes before them."""
    text, counts = parameters.text.strip().lower(), opened.searches
    has = counts > 0
    has[:1] = False  # the bucket for unknown ones is nothing that anybody types
    if text:
        has &= opened.searchable_tokens.str.contains(text, literal=True).to_numpy()
    found = np.flatnonzero(has)
    exact = (opened.searchable_tokens == text).to_numpy()[found]
    found = found[np.lexsort((-counts[found], ~exact))]
    return FoundTokens(len(found), tuple(token_of(opened, token) for token in found[: parameters.limit].tolist()))


ASK = Ask("tokens", "what can be searched for, the most frequent first", TokensParameters, answer)
