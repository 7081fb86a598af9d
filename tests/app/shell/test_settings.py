"""Settings are texts in a file of their own: whatever else is there is reset and said, and never keeps a start."""

from __future__ import annotations

import ctypes
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from app.kit import folders
from app.shell.application import Application
from app.shell.settings import Settings, settings_file
from app.workspaces import workspaces
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_lock import RunLock

VARIANT = "theme=@Variant(\\0\\0\\0\\t\\x7f\\xff\\xff\\xff)"
"""As Qt reads it, a list of two thousand million things: std::bad_alloc."""


@pytest.fixture
def place() -> Path:
    """Where settings lie, the folder being there."""
    path = settings_file()
    path.parent.mkdir(parents=True)
    return path


def test_everything_is_there_in_the_next_window(place: Path, tmp_path: Path) -> None:
    settings = Settings()
    settings.theme, settings.language, settings.size = "dark", "zh_CN", "150"
    settings.set_layout("window", QByteArray(b"\0\xff@Variant"))
    settings.set_shown("bottom", False)
    settings.note("speed", "fast")
    settings.add_recent(tmp_path / "net, of 2.loom")
    settings.add_recent(Path(os.fsdecode(bytes(tmp_path / "n") + b"\xe9.loom")))
    settings.sync()
    other = Settings()
    assert (other.theme, other.language, other.size, other.noted("speed")) == ("dark", "zh_CN", "150", "fast")
    assert other.layout("window") == QByteArray(b"\0\xff@Variant") and not other.shown("bottom")
    assert other.recent_files == settings.recent_files and len(other.recent_files) == 2
    assert other.problem is None
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_the_folder_is_its_owners_alone() -> None:
    Settings().note("speed", "slow")
    assert stat.S_IMODE(settings_file().parent.stat().st_mode) == 0o700


def test_two_windows_keep_what_each_has_changed(place: Path) -> None:
    one, other = Settings(), Settings()
    one.theme = "dark"
    other.size = "125"
    assert (Settings().theme, Settings().size) == ("dark", "125")


def test_the_texts_of_earlier_versions_are_taken_over(place: Path) -> None:
    place.with_name("Neuroloom.ini").write_text(
        "[General]\ntheme=dark\nlanguage=zh_CN\nrecent=/a/one.loom, /b/two.loom\n\n"
        "[layout]\nwindow=@ByteArray(\\x1\\xd9\\xd0\\xcb\\0\\x3)\n\n[shown]\nbottom=false\n\n"
        "[noted]\nneuron\\seen=a b\n"
    )
    settings = Settings()
    assert (settings.theme, settings.language, settings.shown("bottom")) == ("dark", "zh_CN", False)
    assert settings.recent_files == (Path("/a/one.loom"), Path("/b/two.loom"))
    assert settings.noted("neuron/seen") == "a b" and settings.layout("window") is None
    assert settings.problem is None
    settings.size = "125"
    place.with_name("Neuroloom.ini").unlink()
    assert (Settings().theme, Settings().size) == ("dark", "125")


def fill_with(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text)


BAD: dict[str, Callable[[Path], object]] = {
    "no JSON": fill_with("{"),
    "a list": fill_with("[]"),
    "a number for a text": fill_with('{"theme": 3}'),
    "deep": fill_with("[" * 100_000),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "large": lambda path: path.write_bytes(b" " * (1 << 21)),
    "a pipe": os.mkfifo,
    "a folder": lambda path: path.mkdir(),
    "a variant": lambda path: path.with_name("Neuroloom.ini").write_text(f"[General]\n{VARIANT}\nsize=125\n"),
    "no ini": lambda path: path.with_name("Neuroloom.ini").write_text("theme\n[["),
    "an old pipe": lambda path: os.mkfifo(path.with_name("Neuroloom.ini")),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among files")
@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_is_reset_and_said(kind: str, place: Path) -> None:
    BAD[kind](place)
    settings = Settings()
    assert settings.theme == "system" and settings.problem is not None
    assert settings.size == ("125" if kind == "a variant" else "100")
    settings.theme = "dark"
    assert settings.theme == "dark"
    again = Settings()
    assert again.theme == ("system" if kind in ("a pipe", "a folder") else "dark")
    assert (again.problem is None) == (kind not in ("a pipe", "a folder"))


INI = f"[General]\n{VARIANT}\n"
NOT_TEXT = "it has bytes that no text has"
REASONS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "it is empty"),
    "ini": (INI.encode(), "“{path}” isn't valid JSON (line 1, column 2)"),
    "binary": (b"\x89PNG\r\n\x1a\n\xff\xfe", NOT_TEXT),
    "list": (b"[]", "it is JSON, but holds no names with values"),
    "number": (b'{"size": "125", "theme": 3}', "the value of “theme” in “{path}” isn't text"),
    "long number": (b"9" * 5000, "it is JSON, but holds no names with values"),
    "truncated": (b'{\n "theme": "dark",\n "si', "“{path}” isn't valid JSON (line 3, column 2)"),
    "NUL bytes": (b"\0" * 64, NOT_TEXT),
    "NUL bytes after text": (b'{"theme": "da\0\0', NOT_TEXT),
    "UTF-16 ini": (INI.encode("utf-16"), "“{path}” isn't valid JSON (line 1, column 2)"),
    "deep": (b"[" * 100_000, "it is nested too deeply"),
    "large": (b" " * (1 << 21), "it has more than 1 MB"),
}


@pytest.mark.parametrize("kind", REASONS)
def test_what_cannot_be_read_is_kept_and_said_why(kind: str, place: Path) -> None:
    content, reason = REASONS[kind]
    place.write_bytes(content)
    settings = Settings()
    assert settings.problem is not None
    told = reason.format(path=place) if "{path}" in reason else f"“{place}” couldn't be read, because {reason}"
    assert settings.problem.sentence == (
        f"Settings were reset: {told}. The old file is kept beside it as “settings.unreadable.json”."
    )
    settings.theme = "dark"
    assert place.with_name("settings.unreadable.json").read_bytes() == content
    assert (Settings().theme, Settings().problem) == ("dark", None)


def test_settings_in_utf_16_are_read(place: Path) -> None:
    place.write_bytes('{"theme": "dark"}'.encode("utf-16"))
    settings = Settings()
    assert (settings.theme, settings.problem) == ("dark", None)


def test_what_breaks_while_a_window_is_open_is_kept(place: Path) -> None:
    settings = Settings()
    settings.theme = "dark"
    place.write_text("[General]\n")
    settings.size = "125"
    assert place.with_name("settings.unreadable.json").read_text() == "[General]\n"
    assert (Settings().theme, Settings().size) == ("dark", "125")


def test_a_file_of_earlier_versions_says_which_setting_is_reset(place: Path) -> None:
    old = place.with_name("Neuroloom.ini")
    for content, said in (
        (f"[General]\n{VARIANT}\nsize=125\n", f"“theme” was reset: its value in “{old}” isn't text."),
        (
            "theme\n[[",
            f"Settings were reset: “{old}” couldn't be read, because it isn't a valid INI file.",
        ),
    ):
        old.write_text(content)
        settings = Settings()
        assert settings.problem is not None and settings.problem.sentence == said
        assert old.read_text() == content


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among files")
@pytest.mark.parametrize("kind", BAD)
def test_a_reset_forgets_them_whatever_is_there(kind: str, place: Path) -> None:
    BAD[kind](place)
    settings = Settings()
    settings.clear()
    assert settings.problem is None and settings.size == "100"
    if kind != "a folder":
        assert Settings().problem is None and Settings().size == "100"


def test_the_window_says_once_what_is_reset_and_where_nothing_is_kept(qapp: QApplication, place: Path) -> None:
    place.write_text("{")
    recovery = folders.data_folder("recovery")
    recovery.rmdir()
    recovery.write_text("a file")
    folders.take_unkept()
    font = qapp.font()
    application = Application(qapp, Settings(), lambda: workspaces()[:1])
    try:
        folders.data_folder("recovery").joinpath("kept.txt").touch()
        application._say_unkept()
        said = application.window.messages.text
        assert "Settings were reset" in said and f"Nothing can be stored in {recovery} (File exists)" in said
        assert recovery.read_text() == "a file"
        application.settings.problem = None
        application.window.messages.dismiss()
        application._say_unkept()
        assert not application.window.messages.isVisible()
    finally:
        application.window.close_for_good()
        application.window.deleteLater()
        application.deleteLater()
        qapp.setFont(font)


QUIT = """
import sys
from PySide6.QtCore import QTimer
from app.shell.main_window import MainWindow
from app.__main__ import main
begun = MainWindow.__init__
def begin(self, *arguments):
    begun(self, *arguments)
    self.ready.connect(lambda: QTimer.singleShot(0, lambda: (print(self.messages.text), self.close_for_good())))
MainWindow.__init__ = begin
sys.exit(main(sys.argv[1:]))
"""


def without_root() -> None:
    """In a child: permissions hold, for root too."""
    if sys.platform == "linux" and os.geteuid() == 0:
        for capability in (1, 2):  # to write, and to read, whatever the modes say
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="root obeys permissions nowhere else")
def test_a_home_that_cannot_be_written_opens_a_window_that_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    environment |= {"HOME": str(home), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", QUIT], capture_output=True, text=True, check=False, env=environment,
        preexec_fn=without_root,
    )  # fmt: skip
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert done.stdout.count("Nothing can be stored in") == 1 and str(home / ".local") in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["home"] and not list(home.iterdir())


@pytest.mark.parametrize("kind", ["file", "dangling", "loop"])
def test_where_a_folder_cannot_be_files_go_to_one_that_ends_with_the_window(kind: str) -> None:
    place = folders.data_folder("recovery")
    place.rmdir()
    if kind == "file":
        place.write_text("mine")
    else:
        place.symlink_to("nowhere" if kind == "dangling" else "recovery")
    folders.take_unkept()
    found = folders.data_folder("recovery")
    assert found != place and stat.S_IMODE(found.stat().st_mode) == 0o700 and list(folders.take_unkept()) == [place]
    assert folders.data_folder("recovery") == found and not folders.take_unkept()
    assert place.read_text() == "mine" if kind == "file" else place.is_symlink()


def test_what_killed_windows_have_left_among_temporary_files_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    left, busy = f"neuroloom-{gone.pid}-left_123", f"neuroloom-{gone.pid}-busy_123"
    mine, outside = f"neuroloom-{os.getpid()}-abcd_123", tmp_path / "outside"
    others = [f"neuroloom-{gone.pid}-x", "neuroloom-abcd_123", "neuroloom-tests-abcd_123", f"other-{gone.pid}-abcd_123"]
    for name in (left, mine, *others, busy, "outside"):
        (tmp_path / name / "runs" / "a run").mkdir(parents=True)
        (tmp_path / name / "passing-0.loom").write_text("kept")
    (tmp_path / left / "link").symlink_to(outside)
    (tmp_path / f"neuroloom-{gone.pid}-link_123").symlink_to(outside)
    before = {path.name for path in tmp_path.iterdir()}
    with RunLock(RunFolder(tmp_path / busy / "runs" / "a run").lock):
        folders.sweep_passing_folders()
        assert before - {path.name for path in tmp_path.iterdir()} == {left}
    folders.sweep_passing_folders()
    assert before - {path.name for path in tmp_path.iterdir()} == {left, busy}, "the run has ended"
    assert (outside / "passing-0.loom").read_text() == "kept"
    assert f"-{os.getpid()}-" in folders._passing_folder().name


def test_where_a_home_is_a_file_no_settings_were_reset(place: Path) -> None:
    place.parent.rmdir()
    place.parent.write_text("a file")
    settings = Settings()
    settings.theme = "dark"
    assert settings.problem is None and place.parent in [unkept.parent for unkept in folders.take_unkept()]


def test_folders_of_earlier_versions_are_closed_to_others() -> None:
    recovery = folders.data_folder("recovery")
    assert stat.S_IMODE(recovery.parent.stat().st_mode) == 0o700, "nor is a new one open"
    for folder in (recovery, recovery.parent):
        folder.chmod(0o755)
    folders.data_folder("recovery")
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (recovery, recovery.parent)] == [0o700] * 2


@pytest.mark.slow
@pytest.mark.process
def test_a_start_outlives_a_variant_that_no_settings_have(place: Path) -> None:
    place.with_name("Neuroloom.ini").write_text(f"[General]\n{VARIANT}\n")
    done = subprocess.run([sys.executable, "-c", QUIT, "--reset-settings"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert Settings().problem is None


def test_what_the_command_line_asks_for_holds_this_time_only(place: Path) -> None:
    settings = Settings()
    settings.theme = "dark"
    for key, choice in (("theme", "light"), ("language", "zh_CN"), ("size", "150")):
        settings.hold(key, choice)
    assert (settings.theme, settings.shown_language, settings.size) == ("light", "zh_CN", "150")
    settings.set_layout("window", QByteArray(b"1"))
    settings.sync()
    assert (Settings().theme, Settings().language, Settings().size) == ("dark", "system", "100")
    settings.size = "125"  # chosen in the window
    assert (settings.size, Settings().size) == ("125", "125")


@pytest.mark.process
def test_size_and_language_of_the_command_line_hold_from_the_start_and_not_next_time(tmp_path: Path) -> None:
    """Both are in the environment before Qt, which reads them once, begins."""
    code = (
        "import os, sys, PySide6.QtWidgets as w; was = w.QApplication.__init__; "
        "w.QApplication.__init__ = lambda self, *a: (print(os.environ.get('FC_LANG')), was(self, *a))[1]; "
        "w.QApplication.exec = lambda self: print(self.primaryScreen().devicePixelRatio()); "
        "from app.__main__ import main; main(sys.argv[1:])"
    )
    folders = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    unset = ("QT_SCALE_FACTOR", "FC_LANG")
    known = {name: value for name, value in os.environ.items() if name not in unset}
    said = [
        subprocess.check_output([sys.executable, "-c", code, *chosen], env=known | folders, text=True).split()
        for chosen in (["--size", "150", "--language", "zh_CN"], ["--language", "en"])
    ]
    assert said == [["zh-cn", "1.5"], ["None", "1.0"]]
