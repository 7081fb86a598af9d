"""Network files: one versioned JSON with the graph, the training settings, the data choice and the weights.

A network that has been trained is written with how far its run has come, and one that begins with weights of its own
with those, which makes it version 2; one whose pass somebody was asked about has the answers, which makes it version 3;
one that shows a pass has which one and where in it, which makes it version 4; one that has several runs has them,
which makes it version 5.
Any other stays version 1, which older programs read. Up to 10⁵ numbers the arrays
are nested lists in the file itself; beyond that they lie in a safetensors file beside it, which the JSON names together
with its SHA-256. Nothing in a file is ever executed. How far a run has come, and what others came to, is worth less
than the network: where that is damaged, it is left out, and said.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from engine.atomic import replaceable, write_atomically
from engine.data.choice import DataChoice
from engine.formats.base import FileFormat, NetworkFile, SavedRun, register
from engine.formats.kind import document_kind, or_foreign, other_document
from engine.formats.loom_arrays import (
    FIRST,
    WEIGHTS,
    WEIGHTS_CHANGED,
    WEIGHTS_MISSING,
    Arrays,
    Beside,
    Nested,
    StoredWeights,
    WeightsBeside,
    checked,
    nested,
    packed,
    read_beside,
    unnested,
)
from engine.formats.loom_progress import Damaged, ProgressDocument, kept, parts_of, restored
from engine.formats.loom_runs import RunDocument, read_runs, run_parts, run_sections
from engine.formats.sheet import NO_VIEW, SheetView
from engine.graph.model import NetworkGraph
from engine.graph.weights import check_weights
from engine.guesses import GuessRecord
from engine.hyperparameters import Hyperparameters
from engine.opening import file_state, read_file
from engine.problems import UNREADABLE, UNWRITABLE, EngineError, declare
from engine.validation import sentence_of

FORMAT = "neuroloom-network"
VERSION = 5
INLINE_LIMIT = 100_000
COMPACT_INLINE_LIMIT = 2_000
SUFFIX = ".loom"

_LATER_SETTINGS = ("l1_at_zero", "leftover", "precision")
_UNSAID_TRAINING = {name: Hyperparameters.model_fields[name].default for name in _LATER_SETTINGS}
_UNSAID = {name: DataChoice.model_fields[name].default for name in ("dates", "decimal", "outliers")}
_UNSAID_TABLE = {"dates": "texts", "decimal": "plain", "outliers": "keep"}
"""What a file means where it does not say these: those of version 1 once did not have them."""

MOST_BYTES = 64 << 20
"""Of a file: the curves of the longest runs of the deepest networks take some 50 MB."""
MOST_PARTS = 4_000_000
"""Values, lists and objects of a file. Ours have a few hundred thousand: more numbers than :data:`INLINE_LIMIT` lie
beside it, and each line of a curve is one text. What is read takes some 60 bytes each."""

NOT_JSON = declare(
    "file.not-json", "“{path}” isn't a network file: it isn't valid JSON (line {line}). Choose a .loom file."
)
TOO_MANY_PARTS = declare(
    "file.too-many-parts", "“{path}” has more than {limit} values, too many for a network file. Choose another file."
)
OTHER_VERSION = declare(
    "file.other-version",
    "“{path}” has format version {version}, and this Neuroloom reads version {known}; open it with a newer Neuroloom.",
)
BAD_CONTENT = declare("file.bad-content", "“{path}” is damaged: {detail} Save it again, or fix it in a text editor.")
PROGRESS_DROPPED = declare(
    "file.progress-dropped",
    "The training state in “{path}” is damaged ({where}). It opens with its weights, at epoch 0 and without curves.",
)
RUNS_DROPPED = declare(
    "file.runs-dropped", "Some runs in “{path}” are damaged and left out ({count}). The rest opens as it was saved."
)


class NetworkDocument(BaseModel):
    """The JSON's schema; published as ``assets/schema/network-5.json``. Version 1 has neither ``first_weights`` nor
    ``progress``, version 2 no ``guesses``, version 3 no ``view``, version 4 no ``runs``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["neuroloom-network"]
    version: Literal[1, 2, 3, 4, 5]
    title: str = ""
    graph: NetworkGraph
    training: Hyperparameters = Hyperparameters()
    data: DataChoice = DataChoice()
    weights: StoredWeights = {}
    first_weights: Nested = {}
    progress: ProgressDocument | None = None
    guesses: GuessRecord | None = None
    view: SheetView = NO_VIEW
    runs: list[RunDocument] = []

    @field_validator("data", mode="before")
    @classmethod
    def _as_files_were_read(cls, data: object) -> object:
        """Files written before dates and numerals were understood mean their tables as they were read then."""
        if isinstance(data, dict) and data.get("source") == "file":
            return _UNSAID_TABLE | data
        return data


def _with_its_data(path: Path, file: NetworkFile) -> NetworkFile:
    if file.data.source != "file":
        return file
    from engine.formats.data_beside import with_data_beside  # the network that a start shows reads no table

    return with_data_beside(path, file)


def read_network_file(path: Path) -> NetworkFile:
    """Read and check a network file. Raises EngineError with one sentence whatever is wrong with it, unless that is but
    its ``progress`` or some ``runs``, which then are missing and have a notice. Of a network that is saved meanwhile
    the new one is read.
    Where its table is gone and lies beside it, that one is read, and said.
    """
    while True:
        stamp = _stamp(path)
        try:
            return _with_its_data(path, _read(path))
        except EngineError as error:
            if error.problem.code not in (WEIGHTS_MISSING.code, WEIGHTS_CHANGED.code) or _stamp(path) == stamp:
                raise


def _stamp(path: Path) -> tuple[int, int] | None:
    """Tells a file from the one that was in its place before."""
    try:
        found = file_state(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def _read(path: Path) -> NetworkFile:
    content = _read_json(path)
    taken = {name: content.pop(name, None) for name in ("progress", "runs") if isinstance(content, dict)}
    document = _parse(path, content)
    if isinstance(document.weights, WeightsBeside):
        arrays, at = read_beside(path, document.weights), path.with_name(document.weights.file)
    else:
        arrays, at = {WEIGHTS: unnested(document.weights)}, path
    weights = checked(at, arrays.get(WEIGHTS, {}))
    first = checked(at, unnested(document.first_weights) | arrays.get(FIRST, {}))
    for some in (weights, first):
        check_weights(document.graph, None, some)
    view = document.view.model_copy(update={"guesses": document.guesses})
    file = NetworkFile(
        document.graph, document.training, document.data, weights, document.title, first=first, view=view
    )
    if taken["progress"] is not None:
        try:
            file = replace(file, progress=restored(taken["progress"], arrays, weights))
        except Damaged as damage:
            file = replace(file, notices=(PROGRESS_DROPPED(path=path.name, where=damage.where),))
    return _with_runs(path, file, list(read_runs(at, taken["runs"], arrays))) if taken["runs"] is not None else file


def _with_runs(path: Path, file: NetworkFile, found: list[SavedRun | None]) -> NetworkFile:
    """The network with its runs as they were read, None for each that is damaged, which is said."""
    runs = tuple(sorted((run for run in found if run is not None), key=lambda run: run.number))
    count = len(found) - len(runs)
    notices = (RUNS_DROPPED(path=path.name, count=count),) if count else ()
    return replace(file, runs=runs, notices=(*file.notices, *notices))


def _read_json(path: Path) -> Any:
    try:
        content = read_file(path, MOST_BYTES)
        text = content.decode("utf-8-sig")  # some editors put a byte order mark
    except OSError as error:
        raise EngineError(or_foreign(path, UNREADABLE(path=path.name, reason=error.strerror or "error"))) from error
    except UnicodeDecodeError as error:
        raise EngineError(or_foreign(path, NOT_JSON(path=path.name, line=1))) from error
    if sum(map(text.count, ",[{")) > MOST_PARTS:
        raise EngineError(or_foreign(path, TOO_MANY_PARTS(path=path.name, limit=MOST_PARTS)))
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise EngineError(or_foreign(path, NOT_JSON(path=path.name, line=error.lineno))) from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        raise EngineError(or_foreign(path, NOT_JSON(path=path.name, line=1))) from error


def _parse(path: Path, content: Any) -> NetworkDocument:
    tag = content.get("format") if isinstance(content, dict) else None
    if tag != FORMAT:
        raise EngineError(other_document(path, tag))
    if content.get("version") not in range(1, VERSION + 1):
        raise EngineError(OTHER_VERSION(path=path.name, version=content.get("version"), known=VERSION))
    try:
        return NetworkDocument.model_validate(content)
    except ValidationError as error:
        raise EngineError(BAD_CONTENT(path=path.name, detail=sentence_of(error))) from error


def write_network_file(path: Path, content: NetworkFile) -> None:
    """Write atomically: either the whole new file is there or the old one still is. Raises EngineError.

    Weights that the old file had put beside it are removed once the new one is in place, unless a copy names them.
    """
    from engine.formats.pairs import saving  # what opens a network, such as the first window, needs none of it

    try:
        place = replaceable(path)
        files = encode_network(place.name, content)
        beside = [name for name in files if name != place.name]
        with saving(place, beside[0] if beside else None):
            for name in (*beside, place.name):
                write_atomically(place.with_name(name), files[name])
    except OSError as error:
        raise EngineError(UNWRITABLE(path=path.name, reason=error.strerror or "error")) from error


def encode_network(name: str, content: NetworkFile, *, compact: bool = False) -> dict[str, bytes]:
    """The network file ``name`` and, where there are many numbers, the weights file beside it, by name. ``compact``:
    quicker to make and harder to read."""
    parts: dict[str, Arrays] = {WEIGHTS: content.weights, FIRST: content.first}
    if content.progress is not None:
        parts |= parts_of(content.progress)
    parts |= run_parts(content.runs)
    limit = COMPACT_INLINE_LIMIT if compact else INLINE_LIMIT
    large = sum(array.size for arrays in parts.values() for array in arrays.values()) > limit
    beside = packed(Path(name), parts) if large else None
    document = _document(content, beside)
    text = json.dumps(document, ensure_ascii=False, indent=None if compact else 1) + "\n"
    data = text.encode("utf-8", "backslashreplace")  # half a surrogate pair as its escape
    return {name: data} if beside is None else {name: data, beside.file: beside.content}


def _document(content: NetworkFile, beside: Beside | None) -> dict[str, Any]:
    """What is written, with the arrays in it where they do not lie beside it."""
    progress = content.progress
    guesses, view = content.view.guesses, content.view.model_copy(update={"guesses": None})
    has_run = progress is not None or bool(content.first)
    version = 5 if content.runs else 4 if view != NO_VIEW else 3 if guesses is not None else 2 if has_run else 1
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": version,
        "title": content.title,
        "graph": content.graph.model_dump(mode="json"),
        "training": content.hyper.model_dump(mode="json"),
        "data": content.data.model_dump(mode="json"),
        "weights": nested(content.weights) if beside is None else beside.named,
    }
    if version == 1:
        _leave_out_later_fields(document)
    if content.first and beside is None:
        document["first_weights"] = nested(content.first)
    if progress is not None:
        document["progress"] = kept(progress, inline=beside is None)
    if guesses is not None:
        document["guesses"] = guesses.model_dump(mode="json", exclude_defaults=True)
    if view != NO_VIEW:
        document["view"] = view.model_dump(mode="json", exclude_defaults=True)
    if content.runs:
        document["runs"] = run_sections(content.runs, inline=beside is None)
    return document


def _leave_out_later_fields(document: dict[str, Any]) -> None:
    """Take out what programs that read version 1 alone do not know, where a file without it means the same."""
    unsaid = {"training": _UNSAID_TRAINING, "data": _UNSAID_TABLE if document["data"]["source"] == "file" else _UNSAID}
    for section, values in unsaid.items():
        for name, value in values.items():
            if document[section][name] == value:
                del document[section][name]


def _recognises(path: Path) -> bool:
    return document_kind(path) == FORMAT


register(
    FileFormat(
        key="network",
        label="Neuroloom network",
        suffixes=(SUFFIX,),
        recognises=_recognises,
        read=read_network_file,
        write=write_network_file,
    )
)
