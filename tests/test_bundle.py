"""What goes into a bundle, and whose licences go with it. Building one takes minutes: ``make bundle-test`` tries it."""

from __future__ import annotations

import sys
from importlib.metadata import distribution
from pathlib import Path

import numpy
import pytest

from tools.bundle import licences
from tools.bundle.parts import assets_in_bundle, is_used, without_orphans

ROOT = Path(__file__).parents[1]


def names(with_movielens: bool) -> set[str]:
    return {path.relative_to(ROOT / "assets").as_posix() for path in assets_in_bundle(ROOT, with_movielens)}


def test_without_movielens_nothing_of_it_is_taken() -> None:
    every, without = names(True), names(False)
    assert {"recommenders/adult.parquet", "fonts/OFL.txt", "recommenders/examples/wide-deep.safetensors"} <= without
    assert {name for name in every - without if "movielens" not in name} == {
        "recommenders/examples/candidates.safetensors"  # which has learned from it
    }
    assert not {name for name in without if "movielens" in name}


@pytest.mark.parametrize(
    ("place", "used"),
    [
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/QtSvg.abi3.so", True),
        ("PySide6/QtQml.abi3.so", False),
        ("PySide6\\Qt6Pdf.dll", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so", True),
        ("torch/include/ATen/ATen.h", False),
        ("torch/bin/protoc", False),
        ("torch/bin/torch_shm_manager", True),  # without which torch can't be imported
        ("assets/networks/two-spirals.loom", True),
    ],
)
def test_what_of_the_libraries_is_taken(place: str, used: bool) -> None:
    assert is_used(place) is used


def test_what_only_a_plugin_needed_that_is_left_out_goes_with_it() -> None:
    links = {"xcb": {"libxcb.so"}, "libxcb.so": {"libXau.so"}, "gtk": {"libgtk.so"}, "libgtk.so": {"libXau.so"}}
    entries = [("plugins/libqxcb.so", "xcb", "BINARY")]
    entries += [(name, name, "BINARY") for name in ("libXau.so", "libgtk.so", "libxcb.so")]
    kept = without_orphans(entries, lambda source: links.get(source, set()))
    assert {place for place, _, _ in kept} == {"plugins/libqxcb.so", "libxcb.so", "libXau.so"}


def test_a_file_is_its_distribution_s_and_comes_with_its_licence() -> None:
    (owner,) = licences.owners([Path(numpy.__file__), ROOT / "engine" / "losses.py"], ROOT)
    assert owner.name == f"numpy {numpy.__version__}"
    assert any("Redistribution and use in source and binary forms" in text for text in owner.texts.values())


def test_qt_comes_with_the_lgpl_which_its_wheel_lacks() -> None:
    import PySide6

    (owner,) = licences.owners([Path(str(PySide6.__file__))], ROOT)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in owner.texts["LGPL-3.0.txt"]


def test_python_is_under_its_own_licence() -> None:
    (owner,) = licences.owners([Path(sys.modules["json"].__file__ or "")], ROOT)
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in "".join(owner.texts.values())


def test_what_is_nobody_s_or_has_no_licence_is_not_given_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stray = tmp_path / "libstray.so"
    stray.touch()
    with pytest.raises(licences.UnlicensedError, match="libstray"):
        licences.owners([stray], ROOT)
    bare = licences.Owner("bare 1.0", {})
    monkeypatch.setattr(licences, "_owner", lambda path: bare)
    with pytest.raises(licences.UnlicensedError, match=r"bare 1\.0"):
        licences.owners([stray], ROOT)


def test_the_distributions_of_files_are_known() -> None:
    (found,) = licences.distributions_of([Path(numpy.__file__)])
    assert found.version == distribution("numpy").version
