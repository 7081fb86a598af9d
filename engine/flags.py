"""How a field of a pydantic model is called on the command line, where the field's own name does not say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flag:
    """Annotates a field: ``Annotated[int, Flag("longest")]`` is ``--longest``. Without a name the field's own holds.

    ``metavar``: what stands for the value in the help.
    """

    name: str = ""
    metavar: str = ""


NO_FLAG = Flag("-")
"""Annotates a field that the command line does not set, or sets in a way of its own."""
