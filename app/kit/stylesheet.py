"""The application-wide style sheet, made from a theme.

Widgets choose a look by ``setProperty("role", …)``: ``card``, ``primary``, ``pill``, ``chip``, ``heading``,
``muted``, ``number``, ``small``, ``strong``, ``note``, ``caption``, ``field``, ``verdict``, ``judged``, and for the
shell ``bar``, ``rail``, ``panel``, ``flat``, ``title``; and the colour of what is said by ``tone``: ``good``,
``warning``, ``danger``, ``text_muted``. What changes while it is in sight goes through ``kit/widgets/tone.mark``.
"""

from __future__ import annotations

from string import Template

import assets
from app.kit.theme import Theme

_BASE = Template("""
QWidget { color: $text; }
QMainWindow, QDialog { background: $window; }
QLabel { background: transparent; }
QFrame[role="bar"], QWidget[role="bar"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame[role="rail"], QWidget[role="rail"] { background: $surface; border: none; border-right: 1px solid $border; }
QFrame[role="panel"], QWidget[role="panel"] { background: $surface; border: none; }
QFrame[role="card"], QWidget[role="card"] { background: $surface; border: 1px solid $border; border-radius: 10px; }
QFrame[role="card"]:focus { border-color: $accent; }
QFrame[role="rule"] { background: $border; border: none; }
QLabel[role="heading"] { color: $text_muted; font-size: 11px; font-weight: 600; }
QLabel[role="muted"] { color: $text_muted; font-size: 12px; }
QLabel[role="problem"] { color: $danger; font-size: 12px; }
QLabel[role="title"] { font-size: 14px; font-weight: 600; }
QLabel[role="page"] { font-size: 22px; font-weight: 700; }
QLabel[role="readout"] { color: $text_muted; font-size: 10px; font-weight: 500; }
QLabel[role="small"] { font-size: 12px; }
QLabel[role="strong"] { font-size: 12px; font-weight: 600; }
QLabel[role="tick"] { background: $accent_soft; color: $accent; border-radius: 10px; font-size: 11px;
    font-weight: 600; }
QLabel[role="tick"][seen="true"] { background: $good; color: $on_accent; }
QLabel[role="note"] { color: $text_muted; font-size: 11px; }
QLabel[tone="text_muted"] { color: $text_muted; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="danger"] { color: $danger; }
QFrame[role="verdict"] { background: $surface; border: 1px solid $border; border-left: 4px solid $border;
    border-top-right-radius: 9px; border-bottom-right-radius: 9px; }
QFrame[role="verdict"][tone="text_muted"] { border-left-color: $text_muted; }
QFrame[role="verdict"][tone="good"] { border-left-color: $good; }
QFrame[role="verdict"][tone="warning"] { border-left-color: $warning; }
QFrame[role="verdict"][tone="danger"] { border-left-color: $danger; }
QLabel[role="judged"] { font-size: 13px; font-weight: 700; }
QLabel[role="caption"] { color: $text_muted; font-size: 11px; font-weight: 400; }
QLabel[role="caption"][differs="true"] { color: $accent; font-weight: 600; }
QFrame[role="field"] { background: $surface; border: 1px solid $border; border-radius: 7px; }
QFrame[role="field"][differs="true"] { border-color: $accent; }
QLabel[role="readout"][tight="true"] { font-size: 9px; }
QLabel[role="number"] { font-size: 15px; font-weight: 600; }
QLabel[role="number"][tight="true"] { font-size: 14px; }
QLabel[role="number"][accent="true"] { color: $accent; }
QLabel[role="chip"] {
    background: $track; color: $text; border-radius: 10px; padding: 0 10px;
    min-height: 20px; max-height: 20px; font-size: 11px; font-weight: 600;
}
QToolTip, #besideNote {
    background: $raised; color: $text; border: 1px solid $border; padding: 5px 7px; font-size: 12px;
}
QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $accent; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QScrollArea, QStackedWidget { background: transparent; border: none; }
""")

_BUTTONS = Template("""
QPushButton {
    background: $surface; border: 1px solid $border; border-radius: 8px; padding: 5px 14px; min-height: 18px;
}
QPushButton:hover { background: $raised; border-color: $text_muted; }
QPushButton:pressed { background: $track; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $text_muted; background: $raised; }
QPushButton:checked { background: $accent_soft; border-color: $accent; color: $accent; }
QPushButton:default { border-color: $accent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton[role="pill"], QToolButton[role="pill"] {
    background: $surface; border: 1px solid $border; border-radius: 15px; padding: 0 13px;
    min-height: 28px; font-weight: 500;
}
QPushButton[role="pill"]:hover, QToolButton[role="pill"]:hover { border-color: $accent; color: $accent; }
QPushButton[role="pill"]:pressed, QToolButton[role="pill"]:pressed { background: $accent_soft; }
QPushButton[role="pill"]:disabled, QToolButton[role="pill"]:disabled { color: $text_muted; border-color: $border; }
QToolButton[role="pill"]::menu-button { border: none; width: 18px; }
QToolButton[role="pill"]::menu-arrow { image: url("$chevron"); width: 10px; height: 10px; }
QToolButton[role="pill"][popupMode="1"] { padding-right: 24px; }
QPushButton[role="chip"], QToolButton[role="chip"] {
    background: $track; border: none; border-radius: 10px; padding: 0 10px; min-height: 20px;
    font-size: 11px; font-weight: 600;
}
QPushButton[role="chip"]:hover, QToolButton[role="chip"]:hover { background: $accent_soft; color: $accent; }
QPushButton[role="chip"]:checked, QToolButton[role="chip"]:checked { background: $accent; color: $on_accent; }
QToolButton[role="chip"][pictured="true"]:checked { background: $accent_soft; border: 1px solid $accent; }
QPushButton[role="chip"]:focus, QToolButton[role="chip"]:focus { border: 1px solid $accent; }
QToolButton[role="chip"]::menu-indicator { image: none; }
QPushButton[role="proposal"] {
    background: $surface; border: 1px solid $accent; border-radius: 15px; color: $accent; padding: 0 12px;
    min-height: 28px; font-weight: 600; text-align: left;
}
QPushButton[role="proposal"]:hover { background: $accent_soft; }
QPushButton[role="proposal"]:focus { border: 2px solid $text; }
QPushButton[role="proposal"][strong="true"] { background: $accent; color: $on_accent; }
QPushButton[role="proposal"][strong="true"]:hover { border-color: $text; }
QPushButton[role="proposal"]:disabled, QPushButton[role="proposal"]:disabled:hover {
    background: $raised; color: $text_muted; border-color: $border;
}
QPushButton[role="link"] {
    background: transparent; border: none; color: $accent; padding: 0 8px; font-size: 18px; font-weight: 600;
}
QPushButton[role="link"]:disabled { color: $border; }
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus { background: $accent_soft; border-radius: 7px; }
QPushButton[role="primary"], QToolButton[role="primary"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; border-radius: 17px; padding: 0 18px;
    min-height: 32px; font-weight: 700; font-size: 14px;
}
QPushButton[role="primary"]:hover, QToolButton[role="primary"]:hover { border-color: $text; }
QPushButton[role="primary"]:pressed, QToolButton[role="primary"]:pressed { border-color: $on_accent; }
QPushButton[role="primary"]:focus, QToolButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled, QToolButton[role="primary"]:disabled {
    background: $track; border-color: $track; color: $text_muted;
}
QPushButton[role="remedy"] {
    background: $surface; color: $accent; border: 1px solid $accent; border-radius: 13px; padding: 0 11px;
    min-height: 24px; font-size: 12px; font-weight: 600;
}
QPushButton[role="remedy"][first="true"] { background: $accent; color: $on_accent; }
QPushButton[role="remedy"]:hover { border-color: $text; }
QPushButton[role="remedy"][outdated="true"] { background: $raised; color: $text_muted; border-color: $border; }
QPushButton[role="remedy"]:focus { border: 2px solid $text; }
QPushButton[role="flat"], QToolButton { background: transparent; border: 1px solid transparent; border-radius: 7px;
    padding: 3px; }
QPushButton[role="flat"]:hover, QToolButton:hover { background: $accent_soft; }
QPushButton[role="flat"]:focus, QToolButton:focus { border-color: $accent; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; border-radius: 5px;
    padding: 2px 0; min-height: 16px; text-align: left; color: $accent; font-size: 12px; font-weight: 600; }
QPushButton[role="link"]:disabled { color: $border; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="menu"], QToolButton[role="heading_menu"] { padding: 2px 18px 2px 6px; }
QToolButton[role="menu"] { color: $text_muted; font-size: 12px; }
QToolButton[role="heading_menu"] { padding-left: 0; text-align: left; font-size: 13px; font-weight: 600; }
QToolButton[role="menu"]:hover, QToolButton[role="heading_menu"]:hover { color: $accent; }
QToolButton[role="pill"][popupMode="2"] { padding-right: 30px; }
QToolButton[role="menu"]::menu-indicator, QToolButton[role="heading_menu"]::menu-indicator,
QToolButton[role="pill"][popupMode="2"]::menu-indicator { image: url("$chevron"); width: 11px; height: 11px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 4px; }
QToolButton[role="pill"][popupMode="2"]::menu-indicator { right: 13px; }
CopyButton { border: none; border-radius: 6px; color: $text_muted; font-weight: 700; }
CopyButton:hover { background: $accent_soft; color: $accent; }
QToolButton[role="rail_item"] {
    border-radius: 8px; padding: 7px 0 5px 0; color: $text_muted; font-size: 9px; font-weight: 500;
}
QToolButton[role="rail_item"]:hover { background: $raised; color: $text; }
QToolButton[role="rail_item"]:checked { background: $accent_soft; color: $accent; font-weight: 700; }
""")

_FIELDS = Template("""
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit, QTextBrowser {
    background: $surface; border: 1px solid $border; border-radius: 7px; padding: 4px 8px; min-height: 20px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit[role="search"] { border-radius: 15px; }
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover { border-color: $text_muted; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus { border-color: $accent; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
    color: $text_muted; background: $raised;
}
ComboBox { combobox-popup: 0; }
QComboBox[dense="true"] { padding: 2px 0 2px 6px; min-height: 22px; }
QComboBox[dense="true"]::drop-down { width: 18px; }
QComboBox[differs="true"], QToolButton[differs="true"] { color: $accent; border-color: $accent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$chevron"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $surface; border: 1px solid $border; border-radius: 7px; padding: 4px; outline: none;
    selection-background-color: $accent_soft; selection-color: $text;
}
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
    border: none; width: 16px; background: transparent;
}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$chevron_up"); width: 9px; height: 9px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$chevron"); width: 9px; height: 9px; }
QSlider { min-height: 20px; background: transparent; }
QSlider::groove:horizontal { height: 4px; background: $track; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $surface; border: 2px solid $accent; width: 10px; height: 10px; margin: -5px 0; border-radius: 7px;
}
QSlider::handle:horizontal:hover { background: $accent_soft; }
QSlider::handle:horizontal:focus { border-color: $text; }
QSlider::sub-page:horizontal:disabled { background: $text_muted; }
QSlider::handle:horizontal:disabled { border-color: $text_muted; }
QCheckBox, QRadioButton { background: transparent; spacing: 7px; }
QCheckBox:disabled, QRadioButton:disabled { color: $text_muted; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: 14px; height: 14px; border: 1px solid $text_muted; background: $surface; border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$tick");
}
QRadioButton::indicator:checked {
    background: $on_accent; border: 5px solid $accent; width: 6px; height: 6px; border-radius: 8px;
}
QProgressBar { background: $track; border: none; border-radius: 3px; max-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QProgressBar[role="line"] { background: transparent; border-radius: 0; max-height: 3px; }
QProgressBar[role="line"]::chunk { border-radius: 0; }
""")

_VIEWS = Template("""
QTabWidget::pane { border: none; background: transparent; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar QToolButton { background: $surface; border-radius: 0; }
QTabBar::tab {
    background: transparent; color: $text_muted; padding: 8px 4px 6px 4px; margin: 0 14px 0 4px;
    border: none; border-bottom: 3px solid transparent; font-weight: 500;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { color: $text; }
QMenu { background: $surface; border: 1px solid $border; border-radius: 8px; padding: 5px; menu-scrollable: 1; }
QMenu::item { padding: 4px 26px 4px 12px; border-radius: 5px; margin: 0 1px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $text_muted; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }
QMenuBar { background: $surface; }
QMenuBar::item { padding: 4px 9px; background: transparent; border-radius: 5px; }
QMenuBar::item:selected { background: $accent_soft; }
QAbstractItemView { background: $surface; border: 1px solid $border; alternate-background-color: $raised;
    selection-background-color: $accent_soft; selection-color: $text; outline: none; }
QAbstractItemView::item { padding: 3px 5px; }
QTreeView { border: 1px solid transparent; }
QTreeView:focus { border-color: $accent; }
QHeaderView::section { background: $surface; color: $text_muted; border: none; border-bottom: 1px solid $border;
    padding: 5px; font-weight: 600; }
QTableView { gridline-color: $border; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 9px; }
QScrollBar:horizontal { height: 9px; }
QScrollBar::handle { background: $track; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover { background: $text_muted; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QFrame#messageBar { border: 1px solid $border; border-radius: 8px; background: $raised; }
QFrame#messageBar[kind="problem"] { background: $raised; border-left: 4px solid $danger; }
QFrame#messageBar[kind="warning"] { background: $raised; border-left: 4px solid $warning; }
QFrame#messageBar[kind="notice"] { background: $raised; border-left: 4px solid $accent; }
QFrame#messageBar[kind="success"] { background: $raised; border-left: 4px solid $good; }
QLabel#key { background: $raised; border: 1px solid $border; border-bottom-width: 2px; border-radius: 5px;
    padding: 1px 6px; font-size: 11px; font-weight: 600; }
""")


def stylesheet(theme: Theme) -> str:
    """The Qt style sheet of the whole application in this theme."""
    fields = {name: getattr(theme, name) for name in theme.__dataclass_fields__}
    fields["chevron"] = assets.path(f"icons/chevron-{theme.name}.svg").as_posix()
    fields["chevron_up"] = assets.path(f"icons/chevron-up-{theme.name}.svg").as_posix()
    fields["tick"] = assets.path(f"icons/tick-{theme.name}.svg").as_posix()
    return "".join(part.substitute(fields) for part in (_BASE, _BUTTONS, _FIELDS, _VIEWS))
