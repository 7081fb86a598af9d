"""Changes of zip files: their members, by what these are, and the records around them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from random import Random

from checks.fuzz.mutators.havoc import flipped, havoc
from checks.fuzz.mutators.tables import changed_table, rewritten
from checks.fuzz.mutators.words import word

_MARKS = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")
_NAMES = (
    "ratings.csv", "movies.csv", "ratings.dat", "movies.dat", "users.dat", "u.data", "u.item", "u.user", "u.genre",
    "big_matrix.csv", "small_matrix.csv", "item_categories.csv", "user_features.csv", "kuairec_caption_category.csv",
    "log.csv", "log.parquet", "tags.csv", "links.csv", "a/b/c/ratings.csv", "__MACOSX/ratings.csv", "../ratings.csv",
)  # fmt: skip
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)

Members = list[tuple[str, bytes]]


def changed_members(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Members are others, are called otherwise, or come from another archive; the archive itself is whole."""
    members = members_of(content)
    if not members:
        return havoc(content, rng, others)
    pool = members_of(rng.choice(others)) if others else members
    for _ in range(rng.choice((1, 1, 2, 4))):
        _change(members, pool or members, rng)
    return packed(members, rng.choice(_METHODS))


def changed_records(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A field of a record around the members is another."""
    mark = rng.choice(_MARKS)
    places = [at for at in range(len(content)) if content.startswith(mark, at)]
    if not places:
        return havoc(content, rng, others)
    at = rng.choice(places) + 4 + rng.choice((0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 34, 38, 42))
    size = rng.choice((1, 2, 4))
    number = rng.choice((0, 1, 8, 9, 12, 14, 99, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, rng.randrange(1 << 32)))
    return content[:at] + (number % (1 << 8 * size)).to_bytes(size, "little") + content[at + size :]


def members_of(content: bytes) -> Members:
    """What an archive holds; nothing where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [(one.filename, archive.read(one)) for one in archive.infolist() if one.file_size < 1 << 20]
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        EOFError,
        RuntimeError,
        LookupError,
        NotImplementedError,
    ):
        return []
    except Exception:  # lzma's and struct's own, of archives that are damaged on purpose
        return []


def packed(members: Members, method: int) -> bytes:
    """An archive of these; not compressed where a worker's memory is too short for that."""
    held = io.BytesIO()
    try:
        with zipfile.ZipFile(held, "w", method) as archive:
            for name, data in members:
                archive.writestr(zipfile.ZipInfo(name or "x"), data, method)
    except (MemoryError, ValueError):  # the latter: what closing says of an archive that could not be written
        if method == zipfile.ZIP_STORED:
            raise
        return packed(members, zipfile.ZIP_STORED)
    return held.getvalue()


def _change(members: Members, pool: Members, rng: Random) -> None:
    at = rng.randrange(len(members))
    name, data = members[at]
    way = rng.randrange(10)
    if way <= 4:
        members[at] = name, changed_table(data, rng, [one for _, one in pool])
    elif way == 5:
        members[at] = name, rng.choice((rewritten, flipped))(data, rng, ())
    elif way == 6:
        members[at] = rng.choice((*_NAMES, _name(rng))), data
    elif way == 7:
        members.append(rng.choice(pool))
    elif way == 8 and len(members) > 1:
        del members[at]
    else:
        members[at] = name, rng.choice((b"", data * 50, b"\0" * (1 << 22), data[: len(data) // 2], rng.choice(pool)[1]))


def _name(rng: Random) -> str:
    return word(rng).encode("utf-8", "replace").decode()[:500] + rng.choice(("", ".csv", ".dat", ".zip"))
