"""``neuroloom --desktop``: icon, menu entry and file type come into the person's folders, and go again."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.__main__ import main

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="freedesktop.org's folders are Linux's")
ENTRY = "applications/neuroloom.desktop"
TYPE = "mime/packages/neuroloom.xml"
ICONS = ("icons/hicolor/scalable/apps/neuroloom.svg", "icons/hicolor/scalable/mimetypes/application-x-neuroloom.svg")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's data folder, for a program started as a command of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    run_as(command(tmp_path / "bin"), monkeypatch)
    return tmp_path / "data"


def command(folder: Path, name: str = "neuroloom") -> Path:
    """Something that can be run."""
    folder.mkdir(exist_ok=True)
    made = folder / name
    made.write_text("#!/bin/sh\n")
    made.chmod(0o755)
    return made


def run_as(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(program), "--desktop"])


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def ours(folder: Path) -> set[str]:
    return set(files(folder)) & {ENTRY, TYPE, *ICONS}


def entry(home: Path) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(delimiters="=", comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # as the documentation has it
    parser.read_string((home / ENTRY).read_text("utf-8"))
    return parser["Desktop Entry"]


def program_of(home: Path) -> str:
    """The program that the entry starts, read as the specification says: first as a value, then as an argument."""
    value = entry(home)["Exec"].replace("\\\\", "\\")
    found = re.fullmatch(r'"((?:\\.|[^\\"`$])*)" %f', value)
    assert found is not None, value
    return re.sub(r"\\(.)", r"\1", found[1]).replace("%%", "%")


def test_it_comes_and_goes(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--desktop"]) == 0
    assert ours(home) == {ENTRY, TYPE, *ICONS}
    assert "in the menu" in capsys.readouterr().out
    assert program_of(home) == entry(home)["TryExec"] == str(tmp_path / "bin" / "neuroloom")
    tree = ElementTree.parse(home / TYPE)
    name = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind, glob = tree.find("m:mime-type", name), tree.find("m:mime-type/m:glob", name)
    assert kind is not None and glob is not None and glob.get("pattern") == "*.loom"
    assert entry(home)["MimeType"] == f"{kind.get('type')};"
    for icon in ICONS:
        assert ElementTree.parse(home / icon).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    before = files(home)
    assert main(["--desktop"]) == 0 and files(home) == before
    assert main(["--desktop", "remove"]) == 0 and not ours(home)
    capsys.readouterr()
    assert main(["--desktop", "remove"]) == 0 and "wasn't in the menu" in capsys.readouterr().out


@pytest.mark.parametrize("name", [ENTRY, TYPE, *ICONS])
@pytest.mark.parametrize("action", ["install", "remove"])
def test_a_foreign_file_stays_and_nothing_is_changed(
    home: Path, name: str, action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if action == "remove":
        main(["--desktop"])
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    (home / name).write_text("somebody else's")
    before = files(home)
    capsys.readouterr()
    assert main(["--desktop", action]) == 1
    assert files(home) == before
    said = capsys.readouterr().err
    assert f"“{home / name}” isn't Neuroloom's" in said and said.count("\n") == 1


@pytest.mark.parametrize("action", ["install", "remove"])
def test_a_link_is_refused(home: Path, tmp_path: Path, action: str) -> None:
    main(["--desktop"])
    target = tmp_path / "mine.desktop"
    (home / ENTRY).rename(target)
    (home / ENTRY).symlink_to(target)
    before = target.read_bytes()
    assert main(["--desktop", action]) == 1
    assert (home / ENTRY).is_symlink() and target.read_bytes() == before
    target.unlink()
    assert main(["--desktop", action]) == 1  # one that leads nowhere would be written through
    assert not target.exists() and (home / ENTRY).is_symlink()


def test_the_entry_starts_a_command_of_any_name(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = command(tmp_path / 'a "b" $c `d` \\e 100 % 神经', "neuro loom")
    run_as(program, monkeypatch)
    assert main(["--desktop"]) == 0
    assert program_of(home) == str(program)
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", str(home / ENTRY)], check=True)


def test_the_entry_starts_a_bundle_s_own_program(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = command(tmp_path / "bundle", "Neuroloom")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(bundle))
    assert main(["--desktop"]) == 0
    assert program_of(home) == str(bundle)


def test_run_as_a_module_it_takes_the_command_beside_the_interpreter(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_as(tmp_path / "app" / "__main__.py", monkeypatch)
    monkeypatch.setattr(sys, "executable", str(command(tmp_path / "venv", "python")))
    assert main(["--desktop"]) == 1 and not ours(home)
    assert f"no command “{tmp_path / 'venv' / 'neuroloom'}”" in capsys.readouterr().err
    beside = command(tmp_path / "venv")
    assert main(["--desktop"]) == 0
    assert program_of(home) == str(beside)


def test_a_program_in_a_cache_is_not_put_into_the_menu(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cache" / "environment").mkdir(parents=True)
    (tmp_path / "cache" / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "cache" / "environment"))
    assert main(["--desktop"]) == 1 and not ours(home)
    assert "lies in a cache" in capsys.readouterr().err


def test_a_folder_that_takes_nothing_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.write_text("no folder")
    assert main(["--desktop"]) == 1
    said = capsys.readouterr().err
    assert str(home) in said and "Traceback" not in said


def test_on_other_systems_one_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert main(["--desktop"]) == 1 and not home.exists()
    assert "Linux alone" in capsys.readouterr().err
