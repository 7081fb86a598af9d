"""Imports ahead what the pages need, piece by piece while nobody waits, so that a first visit only has to build.

PySide reads the source of every module that is imported after it, so that a page with its fifty to ninety modules
would stop the window for a quarter of a second; one module takes a few milliseconds.
"""

from __future__ import annotations

import dis
import gc
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from pkgutil import iter_modules
from time import perf_counter
from types import CodeType

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from app.kit.background import Background, Job

OURS = ("app.", "engine.")
"""Other packages have no part in the window: a thread of their own imports them."""
PAUSE_MS = 20
"""From one slice to the next: a frame fits in."""
WANTED_PAUSE_MS = 1
"""The same where somebody waits: the window hears in between."""
SLICE_S = 0.002
"""So long a slice goes on to another module."""


def leaves_first(names: Iterable[str], ours: tuple[str, ...] = OURS) -> Iterator[str | None]:
    """Modules of ours that are not imported yet, each after all that it imports itself as it is loaded. Those that a
    package imports of its own come with the package.

    ``names``: full names; ``package.*`` is every module of a package, for what is imported by a list of names. Whoever
    takes one is to import it before the next is asked for; None comes after a module has been looked at, which takes a
    moment too.
    """
    specs: dict[str, ModuleSpec | None] = {}

    def walk(name: str) -> Iterator[str | None]:
        if name in specs or name in sys.modules or not name.startswith(ours):
            return
        package = name.rpartition(".")[0]
        yield from walk(package)
        spec = specs[name] = _spec_of(name, specs.get(package))
        get_code = getattr(spec.loader, "get_code", None) if spec is not None else None
        if get_code is None:
            return
        needs = tuple(imported_by(get_code(name)))
        yield None
        for needed in needs:
            yield from walk(needed)
        if package in sys.modules and name not in sys.modules:
            yield name

    for name in names:
        package = name.removesuffix(".*")
        yield from walk(package)
        if package != name:
            for module in iter_modules(sys.modules[package].__path__, f"{package}."):
                yield from walk(module.name)


def imported_by(code: CodeType) -> Iterator[str]:
    """What a module imports as it is loaded: modules, and names in them that may be modules too. Neither what its
    functions import later is among it, nor what is there for type checkers alone."""
    package, skipped_to, checking = "", -1, False
    for one in dis.get_instructions(code):
        if one.offset < skipped_to:
            continue
        if checking and "JUMP" in one.opname:
            skipped_to = one.argval
        elif one.opname == "IMPORT_NAME":
            package = one.argval
            yield package
        elif one.opname == "IMPORT_FROM":
            yield f"{package}.{one.argval}"
        checking = one.argval == "TYPE_CHECKING" or (checking and one.opname == "TO_BOOL")  # which 3.13 puts between


def _spec_of(name: str, package: ModuleSpec | None) -> ModuleSpec | None:
    """Where a module lies, without importing its package; None where the name is that of something else."""
    module = sys.modules.get(name.rpartition(".")[0])
    path = getattr(module, "__path__", None) if module is not None else None
    if path is None and package is not None:
        path = package.submodule_search_locations
    return PathFinder.find_spec(name, path) if path is not None else None


class ImportsAhead(QObject):
    """Goes through the modules by a clock of its own, then through other people's packages; rests while a mouse button
    is down. Where they are ``wanted``, somebody waits: it hardly pauses, and begins with the packages, which ours need.
    """

    finished = Signal()

    def __init__(
        self, names: Iterable[str], parent: QObject, ours: tuple[str, ...] = OURS, *, wanted: bool = False
    ) -> None:
        """``names``: the modules, in the order in which they may be needed."""
        super().__init__(parent)
        every = tuple(names)
        self._to_come = leaves_first(every, ours)
        self._all_here = False
        self._foreign = tuple(name for name in every if not name.startswith(ours))
        self._thread = Background("imports", latest_only=False, parent=self)
        self._thread.done.connect(self._go_on)
        self._thread.failed.connect(self._go_on)  # which is said; whoever needs it will say so again
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.CoarseTimer)
        self._clock.setSingleShot(True)
        self._clock.setInterval(WANTED_PAUSE_MS if wanted else PAUSE_MS)
        self._clock.timeout.connect(self._import_next)
        stages = (lambda: self._thread.request(self._import_foreign), self._clock.start, self._finish)
        self._stages = iter(stages if wanted else (stages[1], stages[0], stages[2]))
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        next(self._stages)()

    @Slot()
    def _import_next(self) -> None:
        if self._all_here:  # by a turn of its own: whoever waits for them has much to do then
            self._go_on()
            return
        try:
            if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
                self._import_some()
        finally:
            self._clock.start()  # by now: what is due before that comes in between

    def _import_some(self) -> None:
        until = perf_counter() + SLICE_S
        while perf_counter() < until and not self._all_here:
            name = next(self._to_come, "")
            self._all_here = name == ""
            if name:
                import_module(name)
        gc.collect(1)  # what has died by now would stay for good
        gc.freeze()  # what has been imported lives on, and a search through it takes longer than any module

    def _import_foreign(self, _job: Job) -> None:
        for name in self._foreign:
            import_module(name)

    def _finish(self) -> None:
        gc.freeze()
        self.finished.emit()
