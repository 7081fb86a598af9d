"""Imported ahead of the first visit, in another thread: what takes long once, and needs no window."""

from __future__ import annotations

from engine.autodiff import graph_of, parse
from engine.autodiff.patterns import patterns

patterns(graph_of(parse("1/(1 + exp(-x))")))  # the groups that have names are read once, and kept
