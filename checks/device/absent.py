"""Which of the program's libraries are not installed here, and what a check does without them.

A machine with a GPU often has torch, numpy and nothing that can be installed. The engine's numbers need no more, but
its modules name more: polars where tables are read, numba where the CPU's kernels are compiled, pydantic in every
settings model. What is absent is stood in for, so that those modules can be imported: settings are then taken as they
are given, the kernels run uncompiled, and whatever would really use a table says that polars is not installed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

NEEDED = ("numpy", "torch")
OPTIONAL = ("pydantic", "polars", "numba", "scipy", "sklearn", "safetensors", "PySide6", "pytest", "hypothesis")
_away: set[str] = set()


def absent(pretended: Iterable[str] = ()) -> dict[str, str]:
    """Of these libraries the ones that cannot be used, in their order, and why; ``pretended``: as if they could not."""
    given_up = dict.fromkeys(pretended, "taken for absent")
    found = {name: given_up.get(name) or _why_not(name) for name in (*NEEDED, *OPTIONAL)}
    return {name: why for name, why in found.items() if why}


def _why_not(name: str) -> str:
    """Why a library cannot be used, nothing where it can. Those that are stood in for are tried: numba is often
    installed beside a numpy that it does not work with."""
    if find_spec(name) is None:
        return "not installed"
    if name in _STAND_INS:
        try:
            import_module(name)
        except Exception as error:  # whatever its import raises
            return f"its import fails: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
    return ""


def do_without(names: Iterable[str]) -> None:
    """Take these for absent, before the engine is imported: what has a stand-in gets it, the others cannot be imported.

    The engine's modules import those at their heads; the others it imports where it needs them.
    """
    for name in names:
        _away.add(name)
        if name in _STAND_INS:
            sys.modules.update(_STAND_INS[name]())
        else:
            sys.modules[name] = None  # type: ignore[assignment]


def away() -> tuple[str, ...]:
    """What this process does without."""
    return tuple(name for name in OPTIONAL if name in _away)


def stood_in() -> tuple[str, ...]:
    """For which of them something stands in."""
    return tuple(name for name in away() if name in _STAND_INS)


class _Unused(ModuleType):
    """Can be imported; whoever takes something from it is told that it is not installed."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise ModuleNotFoundError(f"{self.__name__} is not installed", name=self.__name__)


def _unused_polars() -> Mapping[str, ModuleType]:
    return {"polars": _named(_Unused("polars"))}


def _plain_numba() -> Mapping[str, ModuleType]:
    """Kernels are what they are written as: Python."""
    numba, core, config = (_named(ModuleType(name)) for name in ("numba", "numba.core", "numba.core.config"))
    vars(config)["CACHE_LOCATOR_CLASSES"] = ""
    vars(core)["config"] = config
    vars(numba).update(core=core, njit=lambda **options: lambda function: function)
    return {"numba": numba, "numba.core": core, "numba.core.config": config}


def _plain_pydantic() -> Mapping[str, ModuleType]:
    from checks.device import plain_pydantic

    return {"pydantic": plain_pydantic, "pydantic_core": plain_pydantic}


def _named(module: ModuleType) -> ModuleType:
    """With a specification, as who asks whether a library is there expects of a module."""
    module.__spec__ = ModuleSpec(module.__name__, None)
    return module


_STAND_INS: Mapping[str, Callable[[], Mapping[str, ModuleType]]] = {
    "pydantic": _plain_pydantic,
    "polars": _unused_polars,
    "numba": _plain_numba,
}
