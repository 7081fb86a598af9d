"""The look of the whole application: its fonts, and the present theme's palette and style sheet."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

import assets
from app.kit import theme
from app.kit.look import tabular
from app.kit.stylesheet import stylesheet

FONT_PIXELS = 13
FONTS = ("Regular", "Medium", "SemiBold", "Bold")


def use_fonts(qapp: QApplication) -> None:
    """Inter, with digits of one width so that numbers do not jitter; Chinese comes from the system."""
    for weight in FONTS:
        QFontDatabase.addApplicationFont(str(assets.path(f"fonts/Inter-{weight}.otf")))
    font = QFont("Inter")
    font.setPixelSize(FONT_PIXELS)
    qapp.setFont(tabular(font))


def use_icons(name: str) -> None:
    """Have Qt's own dialogs draw folders, files and signs as the program does, for the theme of this name."""
    folder = str(assets.path("icon_themes"))
    paths = QIcon.themeSearchPaths()
    if folder not in paths:
        QIcon.setThemeSearchPaths([folder, *paths])
    QIcon.setThemeName(f"neuroloom-{name}")


def dress(qapp: QApplication) -> None:
    """Give the whole application the present theme's palette, icons and style sheet."""
    chosen = theme.current()
    use_icons(chosen.name)
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, name in (
        (roles.Window, "window"), (roles.WindowText, "text"), (roles.Base, "surface"), (roles.Text, "text"),
        (roles.AlternateBase, "raised"), (roles.Button, "surface"), (roles.ButtonText, "text"),
        (roles.ToolTipBase, "raised"), (roles.ToolTipText, "text"), (roles.PlaceholderText, "text_muted"),
        (roles.Highlight, "accent"), (roles.HighlightedText, "on_accent"), (roles.Link, "accent"),
        (roles.Mid, "border"), (roles.Light, "raised"), (roles.Dark, "border"),
    ):  # fmt: skip
        palette.setColor(role, theme.colour(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("text_muted"))
    qapp.setPalette(palette)
    qapp.setStyleSheet(stylesheet(chosen))
