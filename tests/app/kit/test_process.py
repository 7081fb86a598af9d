"""A child process: its lines, its end in words, and that it does end."""

from __future__ import annotations

import signal
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.kit import process as process_module
from app.kit.process import ERROR_LINES, ChildProcess, OutputLines, ProcessOutcome, State
from app.network import kernels
from app.network.kernels import KernelWarmer

pytestmark = pytest.mark.process

STUBBORN = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: print("told", flush=True))
print("ready", flush=True)
while True:
    time.sleep(0.01)
"""


class Child:
    """A child process and everything that was heard of it."""

    def __init__(self, qtbot: QtBot, process: ChildProcess) -> None:
        self.qtbot, self.process = qtbot, process
        self.events: list[object] = []
        self.words: list[str] = []
        self.outcomes: list[ProcessOutcome] = []
        process.received.connect(self.events.append)
        process.said.connect(self.words.append)
        process.changed.connect(self.outcomes.append)

    def run(self, source: str, environment: dict[str, str] | None = None) -> None:
        """Start a small program."""
        self.process.start(sys.executable, ["-c", textwrap.dedent(source)], environment)

    def await_end(self) -> ProcessOutcome:
        """How it ended."""
        self.qtbot.waitUntil(lambda: bool(self.outcomes) and self.outcomes[-1].state is not State.STARTED)
        return self.outcomes[-1]

    def lose_patience(self) -> None:
        """The time that the child is given is over."""
        assert self.process._patience.isActive()
        self.process._patience.timeout.emit()

    def await_word(self, word: str) -> None:
        """Wait until it has said this."""
        self.qtbot.waitUntil(lambda: word in self.words)


@pytest.fixture
def child(qtbot: QtBot) -> Iterator[Child]:
    made = Child(qtbot, ChildProcess(grace_ms=50))
    yield made
    made.process.close()


@pytest.fixture
def patient(qtbot: QtBot) -> Iterator[Child]:
    """One that is given all the time it may take."""
    made = Child(qtbot, ChildProcess(grace_ms=3_600_000))
    yield made
    made.process.close()


def test_one_that_ends_well(child: Child) -> None:
    child.run("print('hello')")
    assert child.process.running
    outcome = child.await_end()
    assert [seen.state for seen in child.outcomes] == [State.STARTED, State.ENDED]
    assert outcome.code == 0 and child.words == ["hello"] and not child.process.running
    assert child.process.outcome is outcome and outcome.sentence.endswith("finished.")


def test_one_that_fails_says_its_code_and_its_last_errors(child: Child) -> None:
    child.run("import sys; [print(f'line {n}', file=sys.stderr) for n in range(5000)]; sys.exit(3)")
    outcome = child.await_end()
    assert (outcome.state, outcome.code) == (State.FAILED, 3) and "code 3" in outcome.sentence
    assert outcome.errors.splitlines() == [f"line {n}" for n in range(5000 - ERROR_LINES, 5000)]


def test_one_that_crashes(child: Child) -> None:
    child.run("import os; os.abort()")
    outcome = child.await_end()
    assert (outcome.state, outcome.code) == (State.CRASHED, signal.SIGABRT) and "crashed" in outcome.sentence


def test_one_that_is_not_there(child: Child, tmp_path: Path) -> None:
    child.process.start(str(tmp_path / "nothing"), [])
    outcome = child.await_end()
    assert [seen.state for seen in child.outcomes] == [State.NOT_STARTED] and outcome.program == "nothing"
    assert "couldn't be started" in outcome.sentence
    child.outcomes.clear()
    child.run("print('after all')")
    assert child.await_end().state is State.ENDED and child.words == ["after all"]


def test_one_that_is_asked_to_stop_and_does(patient: Child) -> None:
    patient.run("print('ready', flush=True); print('got ' + input())")
    patient.await_word("ready")
    assert patient.process.outcome.sentence.endswith("is running.")
    patient.process.stop()
    patient.process.stop()  # asking twice asks once
    outcome = patient.await_end()
    assert outcome.state is State.STOPPED and outcome.code == 0 and patient.words == ["ready", "got stop"]
    assert outcome.sentence.endswith("was stopped.") and not patient.process._patience.isActive()


def test_one_that_must_be_told(patient: Child) -> None:
    patient.run("import time; print('ready', flush=True); time.sleep(100)")
    patient.await_word("ready")
    patient.process.stop()
    patient.lose_patience()
    outcome = patient.await_end()
    assert (outcome.state, outcome.code) == (State.STOPPED, signal.SIGTERM)


def test_one_that_ignores_everything_is_killed(patient: Child) -> None:
    patient.run(STUBBORN)
    patient.await_word("ready")
    patient.process.stop()
    patient.lose_patience()
    patient.await_word("told")
    patient.lose_patience()
    outcome = patient.await_end()
    assert (outcome.state, outcome.code) == (State.STOPPED, signal.SIGKILL)
    assert patient.words == ["ready", "told"]


def test_patience_ends_by_itself(child: Child) -> None:
    child.run(STUBBORN)
    child.await_word("ready")
    child.process.stop()
    outcome = child.await_end()
    assert (outcome.state, outcome.code) == (State.STOPPED, signal.SIGKILL)


def test_stopping_what_does_not_run_does_nothing(child: Child) -> None:
    child.process.stop()
    child.process.send({"to": "nobody"})
    assert child.process.outcome is None and not child.process._patience.isActive()
    child.run("print('hello')")
    assert child.await_end().state is State.ENDED


def test_json_goes_both_ways(patient: Child) -> None:
    patient.run("""
        import json, sys
        for line in sys.stdin:
            print(json.dumps({"echo": json.loads(line)}), flush=True)
            if json.loads(line) is None:
                break
    """)
    for message in ({"η": 0.1}, [1, "two"], None):
        patient.process.send(message)
    assert patient.await_end().state is State.ENDED
    assert patient.events == [{"echo": {"η": 0.1}}, {"echo": [1, "two"]}, {"echo": None}] and patient.words == []


def test_lines_that_come_in_halves_and_what_is_no_json(patient: Child) -> None:
    patient.run(r"""
        import sys
        out = sys.stdout.buffer
        def put(data):
            out.write(data); out.flush()
        put(b'{"a": '); input(); put(b'1}\n{"b": 2}\nno json\n'); input()
        put("η".encode()[:1]); input(); put("η".encode()[1:] + b"\r\n" + b"\xff\n")
        put(b"[" * 100000 + b"\n" + b'{"c": 3}')
    """)
    for _ in range(3):
        patient.process.send("go on")
    assert patient.await_end().state is State.ENDED
    assert patient.events == [{"a": 1}, {"b": 2}, {"c": 3}]
    assert patient.words == ["no json", "η", "�", "[" * 100_000]


def test_a_line_without_end_is_cut(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_module, "LINE_BYTES", 10)
    child.run("print('x' * 100_000); print(1)")
    child.await_end()
    assert child.words == ["x" * 10] and child.events == [1]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_lines_are_the_same_however_they_are_cut(size: int) -> None:
    text = b"one\n\ntwo and a half\r\n" + b"y" * 40 + b"\nend"
    lines, found = OutputLines(20), []
    for at in range(0, len(text), size):
        found += lines.feed(text[at : at + size])
    assert [*found, *lines.rest()] == ["one", "", "two and a half", "y" * 20, "end"]
    assert lines.rest() == []


def test_a_flood_is_heard_to_its_end_while_the_window_lives(child: Child) -> None:
    ticks: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(len(child.events)))
    timer.start(0)
    child.run("for n in range(50_000): print(n)")
    assert child.await_end().state is State.ENDED
    timer.stop()
    assert child.events == list(range(50_000))
    assert any(0 < seen < 50_000 for seen in ticks)


def test_one_child_at_a_time(patient: Child) -> None:
    patient.run("input()")
    with pytest.raises(RuntimeError):
        patient.run("input()")
    patient.process.send(0)
    assert patient.await_end().state is State.ENDED


def test_the_environment_is_added_to_ours(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OURS", "ours")
    child.run("import json, os; print(json.dumps([os.environ['OURS'], os.environ['ADDED']]))", {"ADDED": "added"})
    child.await_end()
    assert child.events == [["ours", "added"]]


def test_nothing_is_heard_after_closing(child: Child) -> None:
    child.run(STUBBORN)
    child.await_word("ready")
    heard = len(child.outcomes)
    child.process.close()
    assert not child.process.running and child.words == ["ready"] and len(child.outcomes) == heard
    with pytest.raises(RuntimeError):
        child.run("print('never')")


def test_closing_while_lines_are_passed_on_silences_the_rest(child: Child) -> None:
    child.process.received.connect(lambda _event: child.process.close())
    child.run("print('1\\n2\\n3', flush=True); input()")
    child.qtbot.waitUntil(lambda: bool(child.events))
    assert child.events == [1] and not child.process.running


def test_closing_can_ask_first(patient: Child, tmp_path: Path) -> None:
    patient.run(f"print('ready', flush=True); open({str(tmp_path / 'last')!r}, 'w').write(input())")
    patient.await_word("ready")
    patient.process.close(grace_ms=60_000)
    assert not patient.process.running and (tmp_path / "last").read_text() == "stop"


@pytest.mark.parametrize("given", ["", "somewhere"])
def test_the_engine_is_found_where_we_have_it(child: Child, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("PYTHONPATH", given)
    child.process.start_engine(["--help"])
    child.qtbot.waitUntil(lambda: any("usage" in line for line in child.words))
    assert child.await_end().state is State.ENDED


def test_the_kernels_are_filled_by_a_child(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    marker = tmp_path / "filled"
    monkeypatch.setattr(kernels.warm, "cache_is_filled", marker.exists)
    monkeypatch.setattr(kernels.warm, "fits_this_processor", marker.exists)
    fill = f"import os; assert os.environ['OMP_NUM_THREADS'] == '1'; open({str(marker)!r}, 'w')"
    monkeypatch.setattr(kernels.warm, "fill_command", lambda: [sys.executable, "-c", fill])
    warmer = KernelWarmer()
    with qtbot.waitSignal(warmer.filled):
        warmer.start()
    with qtbot.waitSignal(warmer.filled):  # at once, since the cache is filled now
        warmer.start()
    warmer.stop()


def test_a_bundle_s_kernels_are_used_at_once_while_those_for_this_processor_are_compiled(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    marker = tmp_path / "filled"
    monkeypatch.setattr(kernels.warm, "cache_is_filled", lambda: True)
    monkeypatch.setattr(kernels.warm, "fits_this_processor", marker.exists)
    monkeypatch.setattr(kernels.warm, "fill_command", lambda: [sys.executable, "-c", f"open({str(marker)!r}, 'w')"])
    warmer, told = KernelWarmer(), []
    warmer.filled.connect(lambda: told.append(marker.exists()))
    warmer.start()
    assert told == [False]
    qtbot.waitUntil(lambda: warmer._child.outcome is not None and warmer._child.outcome.state is State.ENDED)
    assert marker.exists() and told == [False]  # a process keeps the kernels that it has begun with
    warmer.stop()


def test_kernels_that_cannot_be_filled_are_done_without(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels.warm, "cache_is_filled", lambda: False)
    monkeypatch.setattr(kernels.warm, "fits_this_processor", lambda: False)
    monkeypatch.setattr(kernels.warm, "fill_command", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    warmer = KernelWarmer()
    with qtbot.assertNotEmitted(warmer.filled):
        warmer.start()
        qtbot.waitUntil(lambda: warmer._child.outcome is not None and warmer._child.outcome.state is State.FAILED)
    monkeypatch.setattr(kernels.warm, "fill_command", lambda: [sys.executable, "-c", STUBBORN])
    warmer.start()
    warmer.stop()
    assert not warmer._child.running
