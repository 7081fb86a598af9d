"""Where compiled kernels lie: found wherever a bundle is laid, and written to nowhere that may not be written."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from numba.core import config

from engine import kernel_cache
from engine.kernel_cache import BASELINE, KernelCache, cache_in_use

ONE_KERNEL = """
import json, sys
from pathlib import Path
from engine import kernel_cache
kernel_cache.use(kernel_cache.KernelCache(Path(sys.argv[1]), sys.argv[2] or None))
@kernel_cache.compiled(nogil=True)
def twice(x):
    return 2.0 * x
assert twice(21.0) == 42.0
print(json.dumps([sum(twice.stats.cache_hits.values()), sum(twice.stats.cache_misses.values())]))
"""


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[KernelCache, KernelCache]:
    """This machine's own cache and that of a bundle, both empty, in a process that has not chosen yet."""
    own, baseline = KernelCache(tmp_path / "own"), KernelCache(tmp_path / "baseline", BASELINE)
    for cache in (own, baseline):
        cache.folder.mkdir()
    monkeypatch.setattr(kernel_cache, "own_cache", lambda: own)
    monkeypatch.setattr(kernel_cache, "baseline_cache", lambda: baseline)
    monkeypatch.setattr(kernel_cache, "_runs_here", lambda: True)
    monkeypatch.setattr(kernel_cache._Chosen, "cache", None)
    return own, baseline


def test_without_a_bundle_s_kernels_those_of_this_processor_are_awaited(
    caches: tuple[KernelCache, KernelCache],
) -> None:
    assert cache_in_use() == caches[0] and not cache_in_use().is_filled()


def test_a_bundle_s_kernels_serve_until_those_of_this_processor_are_there(
    caches: tuple[KernelCache, KernelCache], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, baseline = caches
    baseline.note_filled()
    assert cache_in_use() == baseline and cache_in_use().is_filled()
    own.note_filled()
    assert cache_in_use() == baseline  # a process stays with what it has begun with
    monkeypatch.setattr(kernel_cache._Chosen, "cache", None)
    assert cache_in_use() == own


def test_a_processor_that_lacks_what_a_bundle_s_kernels_need_does_not_get_them(
    caches: tuple[KernelCache, KernelCache], monkeypatch: pytest.MonkeyPatch
) -> None:
    caches[1].note_filled()
    monkeypatch.setattr(kernel_cache, "_runs_here", lambda: False)
    assert cache_in_use() == caches[0]


def test_somebody_without_a_home_has_no_cache_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    monkeypatch.setattr(kernel_cache.os, "access", lambda *_: False)
    assert kernel_cache.cache_folder().parent == kernel_cache.HERE / "__pycache__"


@pytest.mark.process
def test_a_kernel_is_found_where_its_folder_was_moved_to(tmp_path: Path) -> None:
    """Numba's own cache goes by absolute paths and dates: nothing of it would be found in an unpacked bundle."""
    assert _run(tmp_path / "first" / "kernel.py", tmp_path / "a", BASELINE) == [0, 1]
    shutil.move(tmp_path / "a", tmp_path / "b")
    assert _run(tmp_path / "second" / "kernel.py", tmp_path / "b", BASELINE) == [1, 0]


def test_kernels_that_may_not_be_written_are_used_in_a_copy_to_which_others_can_be_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KernelCache(tmp_path / "bundle", BASELINE)
    kernel = kept.folder / "engine.raster.kernels" / "kernels.draw-1.py311.1.nbc"
    kernel.parent.mkdir(parents=True)
    kernel.write_bytes(b"compiled")
    for path in (kernel, kernel.parent, kept.folder):
        path.chmod(0o555)
    monkeypatch.setattr(kernel_cache._Chosen, "cache", kept)
    monkeypatch.setattr(kernel_cache._Chosen, "passing", None)
    monkeypatch.setattr(kernel_cache.os, "access", lambda *_: False)  # which root may always write
    for setting in ("CPU_NAME", "CPU_FEATURES"):  # numba's, else later tests compile every kernel for that processor
        monkeypatch.setitem(vars(config), setting, vars(config)[setting])
    with kernel_cache._numba_cache():
        used = cache_in_use()
        assert used.folder != kept.folder and used.processor == BASELINE
        assert (used.folder / kernel.relative_to(kept.folder)).read_bytes() == b"compiled"
        (used.folder / kernel.parent.name / "another").touch()


@pytest.mark.process
def test_where_nothing_can_be_kept_kernels_are_compiled_for_the_process_alone(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert _run(tmp_path / "kernel.py", tmp_path / "file" / "below", "") == [0, 1]


def _run(script: Path, folder: Path, processor: str) -> list[int]:
    """How many kernels were loaded and how many compiled, in a process of its own."""
    script.parent.mkdir(exist_ok=True)
    script.write_text(ONE_KERNEL)
    root = str(Path(kernel_cache.__file__).parents[1])
    code = f"import sys, runpy; sys.path.insert(0, {root!r}); runpy.run_path({str(script)!r}, run_name='kernel')"
    command = [sys.executable, "-c", code, str(folder), processor]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    hits_and_misses: list[int] = json.loads(done.stdout)
    return hits_and_misses
