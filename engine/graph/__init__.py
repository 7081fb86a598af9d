"""The network document: blocks, wires, validation, shapes, edits and layout."""

from engine.graph.kinds import TargetSpec, kind_of, kinds
from engine.graph.model import Block, NetworkGraph, Wire
from engine.graph.validation import GraphProblem, Port, validate

__all__ = ["Block", "GraphProblem", "NetworkGraph", "Port", "TargetSpec", "Wire", "kind_of", "kinds", "validate"]
