"""A child process: lines of JSON in and out, a stop that asks before it forces, and how it ended in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

from engine.command import engine_command

GRACE_MS = 5_000
"""How long a child may take to end after it was asked to, and again after it was told to."""
KILL_MS = 2_000
"""How long to wait at the most for a child that has been killed."""
LINE_BYTES = 1 << 20
"""The longest line of a child's output unless its owner says otherwise; what is beyond is left out."""
ERROR_BYTES, ERROR_LINES = 1 << 14, 12
"""What is kept of a child's standard error: its end."""


class State(Enum):
    """How it is with a child."""

    STARTED = "started"
    ENDED = "ended"
    FAILED = "failed"
    STOPPED = "stopped"
    CRASHED = "crashed"
    NOT_STARTED = "could not start"


@dataclass(frozen=True, slots=True)
class ProcessOutcome:
    """What has become of a child. ``code``: its exit code, or the signal's number when it crashed; ``errors``: the last
    lines of its standard error."""

    state: State
    program: str
    code: int = 0
    errors: str = ""

    @property
    def sentence(self) -> str:
        """What has become of it, in the window's language."""
        sentences = {
            State.STARTED: QCoreApplication.translate("ProcessOutcome", "“{program}” is running."),
            State.ENDED: QCoreApplication.translate("ProcessOutcome", "“{program}” finished."),
            State.FAILED: QCoreApplication.translate("ProcessOutcome", "“{program}” failed with code {code}."),
            State.STOPPED: QCoreApplication.translate("ProcessOutcome", "“{program}” was stopped."),
            State.CRASHED: QCoreApplication.translate("ProcessOutcome", "“{program}” crashed (signal {code})."),
            State.NOT_STARTED: QCoreApplication.translate(
                "ProcessOutcome", "“{program}” couldn't be started. Check that it exists and may be run."
            ),
        }
        return sentences[self.state].format(program=self.program, code=self.code)


class OutputLines:
    """Cuts what arrives piece by piece into lines of at most ``longest`` bytes; of a longer one its beginning stays."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._begun = b""

    def feed(self, piece: bytes) -> list[str]:
        """The lines that this piece completes, without their ends."""
        *whole, last = piece.split(b"\n")
        found = []
        for part in whole:
            found.append(self._cut(part))
            self._begun = b""
        self._begun += last[: self._longest - len(self._begun)]
        return found

    def rest(self) -> list[str]:
        """The line that was begun and never ended, if there is one."""
        rest, self._begun = self._cut(b""), b""
        return [rest] if rest else []

    def _cut(self, part: bytes) -> str:
        return (self._begun + part)[: self._longest].decode("utf-8", "replace").rstrip("\r")


class ChildProcess(QObject):
    """One child at a time. ``changed(ProcessOutcome)`` when it has started and when it is over, ``received(object)``
    for each line of JSON that it prints, ``said(str)`` for any other line.

    Nothing here waits for the child but :meth:`close`, which its owner calls: no child is to outlive the window.
    """

    changed = Signal(object)
    received = Signal(object)
    said = Signal(str)

    def __init__(
        self, parent: QObject | None = None, *, grace_ms: int = GRACE_MS, line_bytes: int | None = None
    ) -> None:
        """``line_bytes``: the longest line of its output that is taken whole, :data:`LINE_BYTES` unless given."""
        super().__init__(parent)
        self.outcome: ProcessOutcome | None = None
        self._closed = self._asked = self._told = False
        self._line_bytes = line_bytes
        self._lines, self._errors = OutputLines(LINE_BYTES), b""
        self._process = QProcess(self)
        self._process.started.connect(self._note_start)
        self._process.errorOccurred.connect(self._note_error)
        self._process.finished.connect(self._finish)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(grace_ms)
        self._patience.timeout.connect(self._insist)

    @property
    def running(self) -> bool:
        """Whether there is a child."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self, program: str, arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        """Start a child; ``environment`` is added to ours. Raises RuntimeError while one runs or after a close."""
        if self.running or self._closed:
            raise RuntimeError("one child at a time, and none after a close")
        self._asked = self._told = False
        self._lines, self._errors = OutputLines(self._line_bytes or LINE_BYTES), b""
        variables = QProcessEnvironment.systemEnvironment()
        for name, value in (environment or {}).items():
            variables.insert(name, value)
        self._process.setProcessEnvironment(variables)
        self._process.start(program, list(arguments))

    def start_engine(self, arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        """Start the engine's command line with these arguments; otherwise as :meth:`start`."""
        program, *rest = engine_command(*arguments)
        self.start(program, rest, environment)

    def send(self, message: object) -> None:
        """Write a line of JSON to the child; passed over when there is none."""
        self._write(json.dumps(message))

    def stop(self) -> None:
        """Have the child end: it is asked by a line ``stop``, then told by SIGTERM, then killed."""
        if self.running and not self._asked:
            self._asked = True
            self._write("stop")
            self._patience.start()

    def close(self, *, grace_ms: int = 0) -> None:
        """End the child before returning, by force where ``grace_ms`` do not do; nothing is heard of it any more."""
        self._closed = True
        self._patience.stop()
        if self.running and grace_ms:
            self._write("stop")
            self._process.waitForFinished(grace_ms)
        if self.running:
            self._process.kill()
            self._process.waitForFinished(KILL_MS)

    def _write(self, line: str) -> None:
        if self.running:
            self._process.write(f"{line}\n".encode())

    @Slot()
    def _insist(self) -> None:
        if self._told:
            self._process.kill()
            return
        self._told = True
        self._process.terminate()
        self._patience.start()

    @Slot()
    def _read(self) -> None:
        self._pass_on(self._lines.feed(bytes(self._process.readAllStandardOutput().data())))

    @Slot()
    def _read_errors(self) -> None:
        self._errors = (self._errors + bytes(self._process.readAllStandardError().data()))[-ERROR_BYTES:]

    def _pass_on(self, lines: Sequence[str]) -> None:
        for line in lines:
            if self._closed:
                return
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):  # the latter of brackets without end
                self.said.emit(line)
            else:
                self.received.emit(found)

    @Slot()
    def _note_start(self) -> None:
        self._tell(State.STARTED)

    @Slot(QProcess.ProcessError)
    def _note_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._tell(State.NOT_STARTED)

    @Slot(int, QProcess.ExitStatus)
    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._patience.stop()
        self._read_errors()
        self._pass_on([*self._lines.feed(bytes(self._process.readAllStandardOutput().data())), *self._lines.rest()])
        if self._asked:
            self._tell(State.STOPPED, code)
        elif status == QProcess.ExitStatus.CrashExit:
            self._tell(State.CRASHED, code)
        else:
            self._tell(State.FAILED if code else State.ENDED, code)

    def _tell(self, state: State, code: int = 0) -> None:
        lines = self._errors.decode("utf-8", "replace").splitlines()[-ERROR_LINES:]
        self.outcome = ProcessOutcome(state, Path(self._process.program()).name, code, "\n".join(lines))
        if not self._closed:
            self.changed.emit(self.outcome)
