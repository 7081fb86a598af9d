"""The Simplified Chinese translation: complete, true to its placeholders, and shown by the window."""

from __future__ import annotations

import ast
import errno
import os
import re
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import assets
from app.builder.canvas.words import describe_all
from app.kit import theme
from app.kit.translation import sentence_of
from app.kit.widgets.section import SectionHeading
from engine.autodiff.document import ExpressionSheet
from engine.data.catalogue import catalogue, load
from engine.data.choice import DataChoice, DrawnPoint
from engine.data.problems import SET_UNKNOWN
from engine.formats.expression import EXPRESSION
from engine.graph.build import feed_forward
from engine.graph.naming import BlockName
from engine.problems import UNREADABLE, EngineError
from engine.training.divergence import FAR_OUT, NO_VALUE, NON_FINITE, QUANTITIES, SETTINGS
from engine.training.troubles import TROUBLES
from tests.app.window_rig import opened_window
from tools.gather_strings import APP, Message, gather, in_source

FOLDER = Path(str(assets.path("networks").with_name("translations")))
NAME = "neuroloom_zh_CN"
TRANSLATING = {"tr", "_tr", "say", "translate", "QT_TRANSLATE_NOOP"}
SAID = re.compile(rf"\b({'|'.join(sorted(TRANSLATING))})\b")
TRANSLATORS = re.compile(r"(.*\.)?_?tr|say|QCoreApplication\.translate|QT_TRANSLATE_NOOP")
CHINESE = re.compile("[\u4e00-\u9fff]")


def sources() -> dict[Path, str]:
    """The window's own."""
    found = {path: path.read_text("utf-8") for path in sorted(APP.rglob("*.py"))}
    assert len(found) > 100
    return found


@pytest.fixture(scope="module")
def gathered() -> list[Message]:
    """All that there is to be translated: gathering it reads every source."""
    return gather()


def entries() -> list[tuple[str, ElementTree.Element]]:
    """Every message element of the translation with its context."""
    root = ElementTree.parse(FOLDER / f"{NAME}.ts").getroot()
    return [
        (context.findtext("name", ""), message)
        for context in root.iter("context")
        for message in context.iter("message")
    ]


def translation_of(message: ElementTree.Element) -> str:
    if message.get("numerus"):
        return message.findtext("translation/numerusform", "")
    return message.findtext("translation", "")


def placeholders(text: str) -> list[str]:
    """Those of a text; words that go with a number are English alone."""
    parsed = ((name, form or "") for _, name, form, _ in Formatter().parse(text) if name is not None)
    named = [f"{name}:{form}" for name, form in parsed if "|" not in form]
    return sorted(named + re.findall("%n", text))


def test_every_entry_is_translated_and_finished() -> None:
    found = entries()
    assert len(found) > 700
    for context, message in found:
        assert translation_of(message), (context, message.findtext("source"))
        assert message.find("translation").get("type") is None, (context, message.findtext("source"))


def test_every_string_of_the_sources_has_its_entry_and_every_entry_a_string(gathered: list[Message]) -> None:
    """Else `make translations` is to be run: what was never gathered is shown in English."""
    written = {(context, message.findtext("source"), bool(message.get("numerus"))) for context, message in entries()}
    assert set(map(tuple, gathered)) ^ written == set()


def test_source_and_translation_have_the_same_placeholders() -> None:
    for context, message in entries():
        source, translation = message.findtext("source", ""), translation_of(message)
        assert placeholders(source) == placeholders(translation), (context, source)


def test_menus_keep_their_mnemonics() -> None:
    for _, message in entries():
        source, translation = message.findtext("source", ""), translation_of(message)
        letters = [[key.upper() for key in re.findall("&[A-Za-z]", text)] for text in (source, translation)]
        assert letters[0] == letters[1], source


def test_the_compiled_translation_gives_what_the_written_one_says(in_chinese: None) -> None:
    for context, message in entries():
        if message.get("numerus"):
            continue
        shown = QCoreApplication.translate(context, message.findtext("source", ""))
        assert shown == translation_of(message)


def test_strings_are_gathered_under_the_class_that_shows_them() -> None:
    source = """
class Panel:
    def __init__(self, canvas: NetworkCanvas):
        self.tr("mine")
        self._canvas.tr("the canvas's")
        tr = canvas.tr
        tr("%n of the canvas", "", 3)

def _tr(text: str) -> str:
    return QCoreApplication.translate("Verdict", text)

_tr("said")
QT_TRANSLATE_NOOP("Actions", "marked")
"""
    assert set(in_source(source)) == {
        Message("Panel", "mine"),
        Message("NetworkCanvas", "the canvas's"),
        Message("NetworkCanvas", "%n of the canvas", plural=True),
        Message("Verdict", "said"),
        Message("Actions", "marked"),
    }


def test_a_table_of_strings_is_gathered_where_its_module_looks_them_up() -> None:
    """``_tr(TABLE[key])`` finds what ``QT_TRANSLATE_NOOP`` has under the very context of the module's ``_tr``."""
    for path in sorted(APP.rglob("*.py")):
        source = path.read_text("utf-8")
        helper = re.search(r'^def _tr\(.*\n.*translate\("(\w+)"', source, re.M)
        if helper is None or "QT_TRANSLATE_NOOP" not in source:
            continue
        for name in set(re.findall(r"\b_tr\((\w+)\[", source)):
            table = re.search(rf"^{name}\b.*?^[)}}\]]", source, re.M | re.S)
            assert table is not None, f"{path}: {name}"
            assert set(re.findall(r'QT_TRANSLATE_NOOP\("(\w+)"', table[0])) <= {helper[1]}, f"{path}: {name}"


def test_only_the_theme_says_what_a_colour_is_called(gathered: list[Message]) -> None:
    """Whoever changes a colour changes its name beside it, and every text follows."""
    called = re.compile(r"\b(blue|orange|red|green|amber|yellow|purple|violet|teal|pink|brown)\b", re.IGNORECASE)
    assert {message.text for message in gathered if called.search(message.text)} == set(theme.NAMES.values())


def test_only_the_troubles_say_what_a_signal_that_vanishes_or_explodes_is_called(gathered: list[Message]) -> None:
    """Whoever rewords a trouble does so in one place. Titles of examples, and the rail's tip, are no verdicts."""
    called = re.compile(r"\b(vanish|explod)", re.IGNORECASE)
    found = {message for message in gathered if called.search(re.sub(r"{\w+}", "", message.text))}
    assert {message.context for message in found} == {"Engine", "Gallery", "Expressions", "Actions"}
    said = {text for words in TROUBLES.values() for text in (words.word, words.title, words.explanation, *words.heads)}
    assert {message.text for message in found if message.context == "Engine"} <= said


def helpers_by_other_names(source: str) -> list[str]:
    """Functions that translate the very text that they are given and are called with words: nobody gathers these,
    unless the function is called ``_tr``."""
    module, found = ast.parse(source), []
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name != "_tr" and len(node.args.args) == 1:
            text = node.args.args[0].arg
            translates = any(
                isinstance(call, ast.Call)
                and ast.unparse(call.func) == "QCoreApplication.translate"
                and ast.unparse(call.args[1]) == text
                for call in ast.walk(node)
            )
            words = any(
                isinstance(call, ast.Call)
                and ast.unparse(call.func) == node.name
                and any(isinstance(word, ast.Constant) for word in call.args)
                for call in ast.walk(module)
            )
            found += [node.name] if translates and words else []
    return found


def test_the_title_of_whatever_data_there_is_can_be_translated(gathered: list[Message]) -> None:
    drawn = DataChoice(source="points", points=tuple(DrawnPoint(x1=n, x2=n, label=n % 2) for n in range(6)))
    titles = {load(drawn).title, *(load(DataChoice(name=entry.key)).title for entry in catalogue())}
    assert titles <= {message.text for message in gathered if message.context == "Engine"}


def test_whoever_translates_what_is_given_is_known_to_those_who_gather() -> None:
    assert helpers_by_other_names(
        'def _say(text):\n    return QCoreApplication.translate("Rows", text)\n\n_say("lost")'
    ) == ["_say"]
    for path, text in sources().items():
        assert "translate" not in text or not helpers_by_other_names(text), path


def test_a_string_of_an_unknown_class_is_refused() -> None:
    with pytest.raises(ValueError, match="thing"):
        list(in_source('thing.tr("lost")'))


def test_the_sources_are_read_whole(gathered: list[Message]) -> None:
    contexts = {message.context for message in gathered}
    assert {"Problem", "Engine", "Activation", "Actions", "NetworkCanvas", "Verdict"} <= contexts


def is_translator(function: ast.expr) -> bool:
    last = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return last in TRANSLATING and TRANSLATORS.fullmatch(ast.unparse(function)) is not None  # to write it out is slow


def strings_put_together(source: str) -> list[str]:
    """What a module asks to be translated although it is put together on the way: no translation can have it."""
    found: list[str] = []
    if not SAID.search(source):  # parsing takes longer than looking
        return found
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and is_translator(call.func):
            parts = [part for argument in call.args[:2] for part in ast.walk(argument)]  # a third is %n
            if any(isinstance(part, ast.JoinedStr | ast.BinOp | ast.Call) for part in parts):
                found.append(f"line {call.lineno}: {ast.unparse(call)}")
    return found


@pytest.mark.parametrize(
    "call",
    [
        'self.tr(f"{n} units")',
        'QCoreApplication.translate("C", "a " + b)',
        '_tr("{n}".format(n=1))',
        'canvas.tr("%d" % n)',
        'tr(f"{n} blocks")',
    ],
)
def test_a_string_put_together_is_found(call: str) -> None:
    assert strings_put_together(call)


def test_nothing_is_put_together_before_it_is_translated() -> None:
    assert not {str(path): found for path, text in sources().items() if (found := strings_put_together(text))}


def test_a_problem_is_said_in_chinese(in_chinese: None) -> None:
    said = sentence_of(SET_UNKNOWN(name="abc", known="xor, circle"))
    assert said == "没有名为“abc”的数据集；请从 xor, circle 中选择。"


def test_a_number_in_a_sentence_is_written_as_everywhere() -> None:
    said = sentence_of(NO_VALUE(step=3, function="log", z=-8142.0, block=BlockName("Dense 1")))
    assert "−8.14·10³" in said and "e+" not in said
    said = sentence_of(FAR_OUT(step=0, setting=SETTINGS["learning_rate"], value=1e300, limit=10.0))
    assert "1·10³⁰⁰" in said and "above 10;" in said


def test_words_that_the_engine_puts_into_a_sentence_are_said_in_chinese_too(in_chinese: None) -> None:
    said = sentence_of(NON_FINITE(step=3, block=BlockName("Dense 1"), what=QUANTITIES["gradient"]))
    assert "“全连接 1”的梯度" in said and "gradient" not in said


@pytest.mark.parametrize("reason", ["it is a folder", *map(os.strerror, (errno.ENOENT, errno.EACCES, errno.ENOSPC))])
def test_why_a_file_cannot_be_read_is_said_in_chinese_too(in_chinese: None, reason: str) -> None:
    assert not re.search("[A-Za-z]", sentence_of(UNREADABLE(path="文件", reason=reason)))


def test_what_is_wrong_within_a_file_is_said_in_chinese_too(in_chinese: None, tmp_path: Path) -> None:
    path = tmp_path / "mine.loom"
    EXPRESSION.write(path, "Mine", ExpressionSheet(text="2*x", inputs={"x": 1.5}))
    path.write_text(path.read_text().replace("1.5", '"abc"'))
    with pytest.raises(EngineError) as raised:
        EXPRESSION.read(path)
    assert sentence_of(raised.value.problem).startswith("“mine.loom”已损坏：inputs.x 为 'abc'；必须是数值。")


def test_plurals_are_said_in_chinese(in_chinese: None, qapp: QApplication) -> None:
    assert describe_all(feed_forward((4, 4)), "") == "4 个模块，均未选中"


def test_the_window_is_in_chinese(in_chinese: None, qtbot: QtBot) -> None:
    with opened_window() as window:
        qtbot.waitUntil(lambda: window.page.trainer.snapshot is not None)
        assert window.page.bar.play_button.text() == "播放"
        assert window.actions["undo"].text().startswith("撤销")
        headings = [heading.text() for heading in window.window.findChildren(SectionHeading)]
        assert {"数据", "模块", "特征", "优化器"} <= set(headings)
        for name, action in window.actions.items():
            assert CHINESE.search(action.toolTip()), name
        texts = [label.text() for label in window.window.findChildren(QLabel)]
        assert any("个模块，" in text for text in texts)
        assert not [text for text in texts if re.search(f"{CHINESE.pattern},", text)]
