"""Writes the icons that Qt's own dialogs take from an icon theme: ours, in the colours of both themes.

``python -m tools.icon_themes``, after an icon or a colour has become another one.
"""

from __future__ import annotations

from pathlib import Path

import assets
from app.kit.theme import DARK, LIGHT, Theme

ICONS = {
    "folder": ("folder", "accent"),
    "text-x-generic": ("file", "text_muted"),
    "computer": ("computer", "text_muted"),
    "drive-harddisk": ("drive", "text_muted"),
    "user-home": ("home", "text_muted"),
    "dialog-question": ("help", "accent"),
    "dialog-information": ("info", "accent"),
    "dialog-warning": ("warning", "warning"),
    "dialog-error": ("warning", "danger"),
}
"""Names of the freedesktop icon naming specification that Qt's dialogs ask for: our icon, and its colour's field."""
INDEX = """[Icon Theme]
Name=Neuroloom {name}
Comment=What Qt's own dialogs show, drawn by Neuroloom
Directories=scalable

[scalable]
Size=24
MinSize=8
MaxSize=512
Type=Scalable
"""


def files_of(theme: Theme) -> dict[str, str]:
    """Paths below ``assets/icon_themes``, and what stands in each."""
    folder = f"neuroloom-{theme.name}"
    files = {f"{folder}/index.theme": INDEX.format(name=theme.name)}
    for name, (icon, colour) in ICONS.items():
        drawn = assets.path(f"icons/{icon}.svg").read_text(encoding="utf-8")
        files[f"{folder}/scalable/{name}.svg"] = drawn.replace("currentColor", getattr(theme, colour))
    return files


def main() -> None:
    """Write them all."""
    root = Path(assets.__file__).parent / "icon_themes"
    for theme in (LIGHT, DARK):
        for name, text in files_of(theme).items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
