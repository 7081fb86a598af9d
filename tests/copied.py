"""Source that the program offers for copying, run as a person would who pastes it."""

from __future__ import annotations

import torch


def run_copied(program: str) -> dict[str, object]:
    """Run it, our own text; what it sets for all of torch is put back. Returns the program's names."""
    before, names = torch.get_default_dtype(), dict[str, object]()
    try:
        exec(compile(program, "copied", "exec"), names)
    finally:
        torch.set_default_dtype(before)
    return names
