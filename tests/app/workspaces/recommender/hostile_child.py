"""A child that answers as badly as it is told to: ``python hostile_child.py MANNER``.

It numbers what it hears, so that a test can see which questions reached it.
"""

from __future__ import annotations

import json
import os
import signal
import sys

READY = {"ready": {"model": "candidates", "label": "Hostile", "asks": ["echo"], "opening_seconds": 0.5}}


def say(document: object) -> None:
    print(json.dumps(document), flush=True)


def garbage() -> None:
    """What is no reply, in all sorts."""
    for line in ("libfoo: warning", "{", "[" * 5000, "\x00", "7", "null", '"text"', '{"id": 99, "answer": {"of": 0}}'):
        print(line, flush=True)


def main(manner: str) -> None:
    if manner == "refuse":
        say({"problem": {"code": "recommender.unknown", "sentence": "This is {no} checkpoint.", "parameters": {}}})
        sys.exit(1)
    if manner == "garbage":
        garbage()
    if manner == "silence":
        sys.stdin.read()
    say(READY)
    for heard, line in enumerate(sys.stdin, 1):
        question = json.loads(line)
        if manner == "garbage":
            garbage()
            say({"id": question["id"]})  # neither an answer nor a problem
            continue
        if question["ask"] == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if question["ask"] == "leave":
            sys.exit(3)
        if question["ask"] == "wrong":
            problem = {"code": "file.unreadable", "sentence": "", "parameters": {"path": "a", "reason": "b"}}
            problem["sentence"] = "“a” cannot be read (b); check that it exists and that you may open it."
            say({"id": question["id"], "problem": problem})
            continue
        say({"id": question["id"], "answer": {"heard": heard, "of": question.get("of")}})


if __name__ == "__main__":
    main(sys.argv[1])
