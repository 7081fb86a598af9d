"""What holds for every test: no screen, one thread, the same draws, none of the person's files touched."""

from __future__ import annotations

import gc
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# Before anything imports Qt, torch or matplotlib, for they read these once.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["OMP_NUM_THREADS"] = "1"

# Children keep what they compile: of the dozens that are started, only the first reads all the sources.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# The list of the system's fonts that matplotlib makes takes it a second: it is kept from run to run.
os.environ["MPLCONFIGDIR"] = str(Path(__file__).parents[1] / ".pytest_cache" / "matplotlib")

# What is imported before the first test is no garbage, and looking for some in it again and again takes a second.
gc.disable()

# Held for as long as the run lasts; its finaliser removes the folder.
_HOME = tempfile.TemporaryDirectory(prefix="neuroloom-tests-", ignore_cleanup_errors=True)
for _variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
    os.environ[_variable] = str(Path(_HOME.name, _variable))

# No deadline, since no test judges times; derandomised, so that a run says the same twice.
hypothesis.settings.register_profile("neuroloom", deadline=None, derandomize=True)
hypothesis.settings.load_profile("neuroloom")

from engine import extras  # noqa: E402  after the settings above
from tests.forks import EngineForks  # noqa: E402

GUI = Path(__file__).parent / "app"
OBJECTS_A_SEARCH = 7_000
"""So many new objects begin a search for garbage, ten times Python's own number: every test ends with one anyway, and
going through the syntax trees of our sources took longer than making them."""

gc.disable()  # importing makes no garbage; what looks at trees and widgets does, and has it searched for


def pytest_collection_finish() -> None:
    """All modules of tests are imported: from now on garbage is looked for, among what is new."""
    gc.set_threshold(OBJECTS_A_SEARCH, *gc.get_threshold()[1:])
    gc.freeze()
    gc.enable()


MISSING = extras.missing()
"""The packages of ``neuroloom[torch]`` that are not installed: without them the tests of the rest are run."""


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """A module of tests that imports one of them is skipped, and says which."""
    report = yield
    if report.failed and isinstance(collector, pytest.Module):
        said = str(report.longrepr)
        lacks = next((name for name in MISSING if re.search(rf"No module named '{name}['.]", said)), None)
        if lacks is not None:
            report.outcome, report.longrepr = "skipped", (str(collector.path), 0, f"Skipped: imports {lacks}")
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever tests the window is marked ``gui``; what is marked ``torch``, or tried with that
    backend, is skipped without the extra."""
    for item in items:
        if GUI in item.path.parents:
            item.add_marker(pytest.mark.gui)
        case = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        if MISSING and (item.get_closest_marker("torch") or case.get("backend") == "torch"):
            item.add_marker(pytest.mark.skip(reason=f"needs {', '.join(MISSING)}"))


@pytest.fixture(autouse=True, scope="session")
def garbage_found_once() -> Iterator[None]:
    """What has been left to the garbage is found when the last test ends, so that it can still fail it. Pytest would go
    through all that the libraries hold five times more, and the interpreter again; so would every search on the way."""
    gc.freeze()
    gc.enable()
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def engine_forks() -> Iterator[EngineForks]:
    """What forks children of the engine, for all tests that need not see how they start."""
    forks = EngineForks()
    yield forks
    forks.close()


@pytest.fixture(scope="module")
def forked_engine(engine_forks: EngineForks) -> Iterator[None]:
    """Children of the engine that the module starts are forks."""
    with engine_forks.used():
        yield
