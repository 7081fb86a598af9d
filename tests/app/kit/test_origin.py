"""Where a number comes from: the card, its formula over several lines, and what PyTorch says of it."""

from __future__ import annotations

import math
import threading
from collections.abc import Hashable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit import look, theme
from app.kit.announce import recorded
from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Rectangle
from app.kit.drawing.number import NumberMark
from app.kit.formula.boxes import Box, Fraction, Maths, Row, Words, lay_out, relation
from app.kit.formula.rows import Grid
from app.kit.formula.trees import box_of
from app.kit.origin import badge
from app.kit.origin.buttons import ParentRow
from app.kit.origin.card import MOST_ROWS, PATH_NAME, PATH_VALUE, OriginCard, draw_paths
from app.kit.origin.facts import Fact, OracleComparison, Parent, Shown
from app.kit.origin.formula import FlowingFormula, factors_of, lines_of, pieces_of
from engine import extras
from engine.autodiff import parse
from engine.value_check import CheckedValue, Oracle, unanswered


class World:
    """y = w x + b, and what is known of it."""

    def __init__(self) -> None:
        self.values: dict[Hashable, float | None] = {"w": 0.5, "x": -3.0, "b": 0.25}
        self.told: object = None  # what is said in place of the truth
        self.by = Oracle.TORCH

    @property
    def y(self) -> float | None:
        w, x, b = (self.values[name] for name in "wxb")
        return None if w is None or x is None or b is None else w * x + b

    def fact(self, key: Hashable) -> Fact | None:
        if key == "y":
            parents = tuple(Parent(name, f"leaf {name}", self.values[name], name) for name in "wxb")
            return Fact(
                "y", "y", "the sum", self.y, "y = w x + b", f"y = {self.y}", parents, check=self.check, code="print(1)"
            )
        if key not in self.values:
            return None
        return Fact(key, str(key), f"leaf {key}", self.values[key], sentence="It is given.")

    def check(self) -> CheckedValue[float] | None:
        if isinstance(self.told, Exception):
            raise self.told
        value = self.y if self.told is None else self.told
        return None if value is None else CheckedValue(value, self.by)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def card(world: World, qtbot: QtBot) -> Iterator[OriginCard]:
    made = OriginCard(world.fact)
    qtbot.addWidget(made)
    made.resize(320, 500)
    yield made
    made._background.close(wait=True)


def test_it_shows_the_formula_the_numbers_and_the_parents(card: OriginCard) -> None:
    with recorded() as said:
        card.show("y")
    assert card.isVisible() and card.key == "y"
    assert card._formula.text == "y = w x + b"
    assert card._value.text() == "−1.25"
    assert card.parents == ("w", "x", "b")
    assert card._rows[1].accessibleName() == "x, leaf x, −3"
    assert said[0] == ("y = −1.25, the sum", False)


def test_a_parent_is_a_click_further_and_there_is_a_way_back(card: OriginCard, qtbot: QtBot) -> None:
    gone: list[Hashable] = []
    card.explained.connect(gone.append)
    card.show("y")
    assert not card._back.isVisible()
    qtbot.mouseClick(card._rows[1], Qt.MouseButton.LeftButton)
    assert card.key == "x" and card.parents == () and card._sentence.text() == "It is given."
    assert not card.badge.isVisible(), "what is given is not checked"
    qtbot.mouseClick(card._back, Qt.MouseButton.LeftButton)
    assert card.key == "y" and not card._back.isVisible()
    card.go_on_to("w")
    card.show("b")
    assert not card._back.isVisible(), "another number that was asked for begins a way of its own"
    assert gone == ["y", "x", "y", "w", "b"]


def test_what_is_not_reached_yet_says_so_and_is_not_checked(card: OriginCard, world: World) -> None:
    world.values["x"] = None
    card.show("y")
    assert card._value.text() == "not yet"
    assert card._rows[1].accessibleName() == "x, leaf x, not yet"
    assert not card.badge.isVisible() and not card._copy.isVisible()


def test_the_badge_is_honest(card: OriginCard, world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(badge, "has_torch", lambda: True)
    card.show("y")
    assert card.badge.state == "asked" and "Not yet checked" in card.badge.text
    qtbot.waitUntil(lambda: card.badge.state == "agrees")
    assert card.badge.text.splitlines() == ["PyTorch agrees, difference 0", "Neuroloom\t−1.25", "PyTorch\t−1.25"]
    world.told = -1.25 + 1e-6
    card.show("y")
    qtbot.waitUntil(lambda: card.badge.state == "differs")
    assert card.badge.text.startswith("PyTorch differs by 1.0·10⁻⁶")
    world.told = RuntimeError("no torch here")
    with qtbot.capture_exceptions() as caught:
        card.show("y")
        qtbot.waitUntil(lambda: "couldn't be run" in card.badge.text)
    assert len(caught) == 1
    assert card.badge.state == "asked"


@pytest.mark.parametrize(
    ("by", "agrees", "differs", "endless"),
    [
        (
            Oracle.NUMPY,
            ["The numpy reference agrees, difference 0", "Neuroloom\t−1.25", "numpy\t−1.25"],
            "The numpy reference differs by 1.0·10⁻⁶",
            "The numpy reference also gives NaN",
        ),
        (
            Oracle.DIFFERENCES,
            ["Finite differences agree to 0", "Neuroloom\t−1.25", "differences\t−1.25"],
            "Finite differences differ by 1.0·10⁻⁶",
            "Finite differences also give NaN",
        ),
        (
            Oracle.ARITHMETIC,
            ["Plain arithmetic agrees, difference 0", "Neuroloom\t−1.25", "arithmetic\t−1.25"],
            "Plain arithmetic differs by 1.0·10⁻⁶",
            "Plain arithmetic also gives NaN",
        ),
    ],
)
def test_the_badge_says_who_has_answered(
    card: OriginCard, world: World, qtbot: QtBot, by: Oracle, agrees: list[str], differs: str, endless: str
) -> None:
    world.by = by
    card.show("y")
    qtbot.waitUntil(lambda: card.badge.state == "agrees")
    assert card.badge.text.splitlines() == agrees
    world.told = -1.25 + 1e-6
    card.show("y")
    qtbot.waitUntil(lambda: card.badge.state == "differs")
    assert card.badge.text.startswith(differs)
    world.told = world.values["x"] = math.nan
    card.show("y")
    qtbot.waitUntil(lambda: card.badge.state == "endless")
    assert card.badge.text.startswith(endless)


def test_without_pytorch_the_badge_says_that_nobody_can_check_it(
    card: OriginCard, world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    world.told = unanswered()
    card.show("y")
    assert card.badge.text == "Not yet checked …"
    qtbot.waitUntil(lambda: "isn't installed" in card.badge.text)
    assert (
        card.badge.text == "Not checked: only PyTorch can check this, and it isn't installed. Recommend can install it."
    )


def test_a_number_that_has_changed_is_not_yet_checked(card: OriginCard, world: World, qtbot: QtBot) -> None:
    card.show("y")
    qtbot.waitUntil(lambda: card.badge.state == "agrees")
    card.refresh()
    assert card.badge.state == "agrees", "the same number with the same working"
    world.values["x"] = 2.0
    card.refresh()
    assert card.badge.state == "asked" and card._value.text() == "1.25"
    qtbot.waitUntil(lambda: card.badge.state == "agrees")
    assert "1.25" in card.badge.text and "−1.25" not in card.badge.text


def test_an_answer_about_other_numbers_is_not_shown(qtbot: QtBot, world: World) -> None:
    gate, shown = threading.Event(), []
    world.values["w"] = 0.0  # so that y stays the same, whatever x is

    def fact(key: Hashable) -> Fact | None:
        made, x = world.fact(key), world.values["x"]
        return made and replace(made, worked=f"y = 0 · {x} + 0.25", check=late if x == -3.0 else world.check)

    def late() -> CheckedValue[float]:
        assert gate.wait(60)
        return CheckedValue(99.0, Oracle.TORCH)

    card = OriginCard(fact)
    qtbot.addWidget(card)
    card.badge.show_comparison = shown.append  # type: ignore[method-assign]
    card.show("y")
    qtbot.waitUntil(lambda: any(thread.name == "origin-check" for thread in threading.enumerate()))
    world.values["x"] = 2.0
    card.refresh()
    gate.set()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [OracleComparison("y", 0.25, 0.25)]
    card._background.close(wait=True)


def test_a_number_that_is_no_more_takes_the_card_along(card: OriginCard, world: World, qtbot: QtBot) -> None:
    card.show("w")
    del world.values["w"]
    with qtbot.waitSignal(card.closed):
        card.refresh()
    assert card.isHidden() and card.key is None
    card.show("nothing of the kind")
    assert card.isHidden()


def test_escape_puts_it_away_wherever_the_keyboard_is(world: World, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column, field, card = QVBoxLayout(window), QLineEdit(), OriginCard(world.fact)
    column.addWidget(field)
    column.addWidget(card)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    card.show("y")
    assert field.hasFocus() and card.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert card.isHidden() and card.key is None
    card._background.close(wait=True)


def test_code_is_copied(card: OriginCard) -> None:
    card.show("y")
    card._copy.click()
    assert QApplication.clipboard().text() == "print(1)"
    assert card._copy.text() == "Copied"
    card.refresh()
    assert card._copy.text() == "Copy the code"


def test_of_many_parents_the_first_are_listed_and_the_others_counted(card: OriginCard, world: World) -> None:
    many = tuple(Parent(f"x_{{{i}}}", "", float(i), i) for i in range(MOST_ROWS + 3))
    given = world.fact("y")
    world.fact = lambda key: replace(given, parents=many, more=2)
    card._fact_of = world.fact
    card.show("y")
    assert len(card.parents) == MOST_ROWS
    assert "5 more" in card._parents_title.text()


@pytest.mark.parametrize("width", [150, 240, 330])
@pytest.mark.parametrize("name", ["w", r"\partial v_{10} / \partial w_{11}^{(3)}"])
@pytest.mark.parametrize("printed", ["−0.0007694", "−1.23456·10⁻⁵"])
def test_nothing_of_a_parents_value_is_cut_off(qtbot: QtBot, printed: str, name: str, width: int) -> None:
    """It begins as far to the left as it is wide, and stands as it does beside no name."""
    font = look.tabular(look.font(12, QFont.Weight.DemiBold))
    needed = math.ceil(QFontMetricsF(font).horizontalAdvance(printed))

    def value_image(row_name: str) -> QImage:
        row = ParentRow(Parent(row_name, "", -1.0, "key", printed))
        qtbot.addWidget(row)
        row.resize(width, row.heightForWidth(width))
        return row.grab(QRect(width - 16 - needed, 4, needed, 20)).toImage()

    alone = value_image("")
    ground = alone.pixel(0, 0)
    assert any(alone.pixel(x, y) != ground for x in range(6) for y in range(20))
    assert value_image(name) == alone


def test_nothing_of_a_paths_value_is_cut_off() -> None:
    """A number that is wider than its column gets smaller."""
    drawing = draw_paths((("through h", 0.5), ("", -1.234e-305)), Frame(260, 40))
    numbers = [mark for mark in drawing.marks if isinstance(mark, NumberMark)]
    assert [mark.text for mark in numbers] == ["0.5", "−1.23·10⁻³⁰⁵"]
    assert all(mark.shrink and mark.rect[0] == 260 - PATH_VALUE for mark in numbers)
    bars = [mark.rect for mark in drawing.marks if isinstance(mark, Rectangle)]
    assert bars[0][2] == pytest.approx((260 - PATH_NAME - PATH_VALUE) / 2) and bars[1][2] == 1.0


def test_names_of_places_are_no_markup(card: OriginCard, world: World) -> None:
    given = world.fact("y")
    card._fact_of = lambda key: replace(given, place="<b>bold</b>", sentence="<i>x</i>")
    card.show("y")
    assert card._where.textFormat() == card._sentence.textFormat() == Qt.TextFormat.PlainText


def test_colours_follow_the_theme(card: OriginCard, qtbot: QtBot) -> None:
    card.show("y")
    before = card._value.styleSheet()
    try:
        theme.set_theme("dark")
        assert card._value.styleSheet() != before
    finally:
        theme.set_theme("light")


@pytest.mark.parametrize(
    ("ours", "theirs", "agrees"),
    [
        (1.0, 1.0 + 1e-10, True),
        (1.0, 1.0 + 1e-8, False),
        (0.0, 1e-15, True),
        (0.0, 1e-12, False),
        (math.inf, math.inf, True),
        (math.inf, -math.inf, False),
        (math.nan, math.nan, True),
        (math.nan, 1.0, False),
        (1.0, math.inf, False),
    ],
)
def test_rounding_alone_is_no_difference(ours: float, theirs: float, agrees: bool) -> None:
    assert OracleComparison("x", ours, theirs).agrees is agrees


# Formulas over several lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        (r"z = 0.5 \cdot (−0.21) + 1.94 - x_1", ["z", "= 0.5 · (−0.21)", "+ 1.94", "− x₁"]),
        ("y = f(a + b) = 0.25", ["y", "= f(a+b)", "= 0.25"]),
        (r"\frac{a + b}{2} + e^{-0.5}", ["(a+b)/2", "+ e^(−0.5)"]),
        ("w_{11} x = -2", ["w₁₁ x", "= −2"]),
        ("$a = 1$ and so on", ["a", "= 1", "and", "so", "on"]),
        ("4.05·10⁻¹³ · 2 = 8.1·10⁻¹³", ["4.05·10⁻¹³ · 2", "= 8.1·10⁻¹³"]),
        ("", []),
    ],
)
def test_a_line_is_broken_before_its_signs_and_nowhere_else(qapp: object, markup: str, plain: list[str]) -> None:
    said = [" ".join(lay_out(piece, 14.0).plain.split()) for piece in pieces_of(markup)]
    assert [text.replace(" ", "") for text in said] == [text.replace(" ", "") for text in plain]


def test_a_space_that_is_written_stays_one_before_a_number(qapp: object) -> None:
    """Half of it, a lone backslash, is no markup: then the markup itself would stand in the window."""
    pieces = pieces_of(r"1\ \mathrm{if}\ z \geq 0,\ \mathrm{else}\ 0")
    maths = [box.markup for piece in pieces for box in _boxes(piece) if isinstance(box, Maths)]
    assert r",\ \mathrm{else}\ " in maths
    assert "".join(lay_out(piece, 14.0).plain for piece in pieces).split() == ["1", "if", "z", "≥", "0,", "else", "0"]


def _boxes(piece: Box) -> tuple[Box, ...]:
    return piece.boxes if isinstance(piece, Row) else (piece,)


@pytest.mark.parametrize("markup", ["a {", "a } b", r"\frac{1", r"x_{1", "$a", r"\\"])
def test_markup_that_is_none_is_set_all_the_same(qapp: object, markup: str) -> None:
    pieces = pieces_of(markup)
    assert sum(lay_out(piece, 14.0).width for piece in pieces) > 0.0


def test_numbers_change_without_setting_markup_anew(qapp: object) -> None:
    from app.kit.formula.markup import set_markup

    for piece in pieces_of(r"y = \sigma(0.111) + 0.222 \cdot w_1"):
        lay_out(piece, 14.0)
    before = set_markup.made
    for number in range(20):
        for piece in pieces_of(rf"y = \sigma(0.{number}1) + 7.{number} \cdot w_1"):
            lay_out(piece, 14.0)
    assert set_markup.made == before


def test_a_term_that_is_wider_than_a_line_is_broken_at_its_factors(qapp: object) -> None:
    (piece,) = pieces_of(r"0.5 \cdot x \cdot \frac{1}{2}")
    assert len(factors_of(piece)) == 3
    assert factors_of(Maths("x")) == (Maths("x"),)


def lines(shown: Shown, size: float, width: float) -> list[str]:
    """What stands on each line, without spaces."""
    pieces = pieces_of(shown) if isinstance(shown, str) else (shown,)
    found = lines_of(pieces, size, width)
    assert all(sum(laid.width for laid in line) <= width for line in found), "nothing shrinks"
    return ["".join("".join(laid.plain for laid in line).split()) for line in found]


def test_a_sum_in_brackets_is_broken_at_its_terms_before_its_factors(qapp: object) -> None:
    text = r"(0.1 \cdot x + 0.2 \cdot y + 0.3 \cdot z) \cdot 0.5"
    assert len(lines(text, 15.0, 600.0)) == 1
    assert lines(text, 15.0, 130.0) == ["(0.1·x+0.2·y", "+0.3·z)·0.5"]


def test_a_narrow_formula_takes_more_lines_and_a_box_stays_whole(qtbot: QtBot) -> None:
    view = FlowingFormula(16.0)
    qtbot.addWidget(view)
    long = "z = w_1 x_1 + w_2 x_2 + w_3 x_3 + w_4 x_4 + b"
    view.show_formula(long)
    assert view.heightForWidth(120) > view.heightForWidth(600) > 0
    assert len(lines(long, 16.0, 600.0)) == 1 < len(lines(long, 16.0, 120.0))
    view.resize(60, 80)
    assert len(view.drawing.marks) >= 6
    view.show_formula(Fraction(Maths("a"), Maths("b")))
    assert view.text == "a/b" and len(view.drawing.marks) == 1
    view.show_formula("")
    assert view.heightForWidth(200) == 0


def test_the_steps_of_a_derivation_keep_their_size_and_begin_a_line_each(qapp: object) -> None:
    long = box_of(parse("a*b*c*d + b*c*d*f + c*d*f*g + d*f*g*h").result)
    steps = Grid(((Maths("y"), relation("="), long), (Words(""), relation("="), Maths("a"))), left=True)
    assert len(lines(steps, 16.0, 900.0)) == 1, "with room for it a grid stays one"
    narrow = lines(steps, 16.0, 180.0)
    assert narrow[0].startswith("y=ab·c") and narrow[-1] == "=a" and len(narrow) == 3


def test_a_formula_is_broken_into_lines_once_a_width(qtbot: QtBot) -> None:
    """A layout asks for its height dozens of times: a long formula kept the window for seconds."""
    pieces = pieces_of("a + b + c + d")
    assert lines_of(pieces, 16.0, 60) is lines_of(pieces, 16.0, 60) is not lines_of(pieces, 16.0, 400)
    view = FlowingFormula(16.0)
    qtbot.addWidget(view)
    view.show_formula("a + b + c + d")
    before = [view.heightForWidth(width) for width in (400, 60)]
    assert before[0] < before[1]
    view.show_formula("a + b + c + d + e + f + g + h + i")
    assert view.heightForWidth(60) > before[1]


def test_a_formula_of_brackets_flows_over_lines_instead_of_shrinking(qapp: QApplication) -> None:
    inner = box_of(parse("max(-1, min(x, abs(x)/2))*(2*sigmoid(x/2 - x) + sigmoid(x - x/2)*tanh(x))").result)
    whole = Row((Maths("f'(x)"), relation("="), inner))
    broken = lines(whole, 16.0, 220)
    assert len(broken) > 2
    assert "".join(broken) == "".join(lines(whole, 16.0, 2000))
