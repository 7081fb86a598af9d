"""``neuroloom [FILE|LINK]``: opens the window."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.shell.settings import Settings


def _file_or_link(text: str) -> Path | str:
    if "#" in text or "://" in text:
        from engine.formats import is_link  # no file's name needs it

        if "://" in text or is_link(text):
            return text
    return Path(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="neuroloom",
        description="A playground for neural networks: build one by hand, train it, see every number move.",
    )
    help_text = "a network (.loom), data (.csv, .parquet), or a link of TensorFlow Playground in quotes"
    parser.add_argument("file", nargs="?", type=_file_or_link, metavar="FILE|LINK", help=help_text)
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    help_text = "say what is installed and what is missing, and exit: with 0 if the window can open"
    parser.add_argument("--check", action="store_true", help=help_text)
    help_text = "on Linux, put icon, menu entry and file type .loom in place; with “remove”, remove them"
    parser.add_argument("--desktop", nargs="?", choices=("install", "remove"), const="install", help=help_text)
    parser.add_argument("--theme", choices=("light", "dark", "system"), help="use this theme this time")
    parser.add_argument("--language", choices=("en", "zh_CN"), help="use this language this time")
    help_text = "show everything at so many percent this time, such as for a beamer"
    parser.add_argument("--size", choices=("100", "125", "150"), help=help_text)
    help_text = "forget layout, theme, language, size and recent files"
    parser.add_argument("--reset-settings", action="store_true", help=help_text)
    parser.add_argument("--take-over", nargs="+", default=(), help=argparse.SUPPRESS)  # MainWindow.start_again
    parser.add_argument("--bookmark", nargs="+", action="append", default=[], help=argparse.SUPPRESS)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the command line, open the window, and run until it is closed. Returns the exit status."""
    chosen, for_qt = _parser().parse_known_args(arguments)
    if chosen.version:
        from app.shell.installation import version

        print(f"neuroloom {version()}")
        return 0
    if chosen.check:
        from app.shell.installation import print_check

        return print_check(for_qt)
    if chosen.desktop:
        from app.shell.desktop_entry import change_desktop

        return change_desktop(chosen.desktop)
    return _run(chosen, for_qt)


def _run(chosen: argparse.Namespace, for_qt: list[str]) -> int:
    gc.disable()  # importing makes no garbage, but looking for it costs a tenth of the start
    environment = dict(os.environ)
    tell_libraries()
    from app.kit.qt_start import explained

    with explained(for_qt):
        qapp, settings = _start_qt(chosen, for_qt)
    from app.shell.application import Application
    from app.workspaces import workspaces

    application = Application(qapp, settings, workspaces, chosen.take_over)
    application.window.ready.connect(_collect_again)
    application.start(chosen.file, chosen.bookmark)
    status = qapp.exec()
    from app.kit.ending import hand_over, leave  # not in the first frame

    if application.window.successor:
        hand_over([*for_qt, *application.window.successor], environment)
    return leave(status)


def _start_qt(chosen: argparse.Namespace, for_qt: list[str]) -> tuple[QApplication, Settings]:
    """Read the settings, which Qt needs some of when it starts, and start it."""
    from PySide6.QtWidgets import QApplication

    read_no_sources()
    from app.shell.settings import SIZES, Settings

    settings = Settings()
    if chosen.reset_settings:
        settings.clear()
    for key in ("theme", "language", "size"):
        if choice := getattr(chosen, key):
            settings.hold(key, choice)
    if settings.size != "100":
        os.environ.setdefault("QT_SCALE_FACTOR", SIZES[settings.size])  # which Qt reads once
    _take_forms_of(settings.shown_language)
    qapp = QApplication([sys.argv[0], *for_qt])
    qapp.setApplicationName("neuroloom")
    qapp.setApplicationDisplayName("Neuroloom")
    qapp.setDesktopFileName("neuroloom")  # by which a desktop finds the icon
    qapp.setStyle("Fusion")
    return qapp, settings


def read_no_sources() -> None:
    """Keep PySide from reading the source of every module that is imported after it.

    It looks there whether ``__feature__`` may act on the module, which nothing here uses, and Python keeps what was
    read. With torch and numba that takes 70 MB, and 0.15 ms for each of 2,300 modules. Where PySide doesn't look in
    the way that is known, nothing changes.
    """
    features = sys.modules.get("shibokensupport.feature")
    if hasattr(features, "_mod_uses_pyside"):
        features._mod_uses_pyside = lambda _module: False  # type: ignore[union-attr]


def tell_libraries() -> None:
    """Set what libraries read from the environment, each at its import, unless it is set already; and have the threads
    to come share the C library's memory."""
    from app.kit.arenas import share

    share()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would search every installed package for some
    # Handing small pictures to Qt's thread pool costs several times what painting them does, and disturbs training.
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    # numpy asks for huge pages where an array of four megabytes lies. Where that is free space of the heap, all that
    # ever lies there afterwards takes two megabytes at a time: in half an hour twenty megabytes that nothing was in.
    # Child processes inherit it; those that train have their large arrays from torch.
    os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")


def _take_forms_of(language: str) -> None:
    """Signs that Chinese and Japanese share are drawn as Chinese writes them, whatever language the system speaks: of
    several fonts that have them Fontconfig would take a Japanese one, whose 关 is half as wide. It asks once."""
    if language == "zh_CN":
        os.environ.setdefault("FC_LANG", "zh-cn")


def _collect_again() -> None:
    """The window is complete: what lives now will live on, so it need not be searched again."""
    gc.freeze()
    gc.enable()


if __name__ == "__main__":
    sys.exit(main())
