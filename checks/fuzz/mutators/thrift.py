"""Thrift's compact protocol, in which Parquet has its footer: to plain lists and back, whatever the fields mean.

The protocol: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)


@dataclass(slots=True)
class Item:
    """One value: its ``kind``, and what it holds: a number, bytes, items (of a list) or fields (number, item)."""

    kind: int
    held: Any
    of: int = 0


class Reader:
    """Reads from ``data``. What it raises for what is no Thrift is IndexError or ValueError."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def struct(self) -> Item:
        """A structure, from here on."""
        fields: list[tuple[int, Item]] = []
        number = 0
        while (head := self._byte()) != 0:
            number = number + (head >> 4) if head >> 4 else _signed(self._varint())
            fields.append((number, self._item(head & 15, field=True)))
        return Item(STRUCT, fields)

    def _item(self, kind: int, field: bool = False) -> Item:
        if kind in (TRUE, FALSE):
            return Item(kind, kind if field else self._byte())
        if kind == BYTE:
            return Item(kind, self._byte())
        if kind in (I16, I32, I64):
            return Item(kind, _signed(self._varint()))
        if kind == DOUBLE:
            return Item(kind, self._bytes(8))
        if kind == BINARY:
            return Item(kind, self._bytes(self._varint()))
        if kind in (LIST, SET):
            head = self._byte()
            count = head >> 4 if head >> 4 < 15 else self._varint()
            if count > len(self._data):
                raise ValueError("a list longer than the file")
            return Item(kind, [self._item(head & 15) for _ in range(count)], head & 15)
        if kind == STRUCT:
            return self.struct()
        raise ValueError(f"type {kind}")

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _bytes(self, count: int) -> bytes:
        if count > len(self._data):
            raise ValueError("a text longer than the file")
        self._at += count
        return bytes(self._data[self._at - count : self._at])

    def _varint(self) -> int:
        found = shift = 0
        while (byte := self._byte()) & 0x80:
            found |= (byte & 0x7F) << shift
            shift += 7
        return found | byte << shift


def written(item: Item) -> bytes:
    """An item as bytes."""
    if item.kind in (TRUE, FALSE, BYTE):
        return bytes([int(item.held) & 255])
    if item.kind in (I16, I32, I64):
        return _varint(item.held << 1 ^ (-1 if item.held < 0 else 0))
    if item.kind == DOUBLE:
        return bytes(item.held)
    if item.kind == BINARY:
        return _varint(len(item.held)) + bytes(item.held)
    if item.kind in (LIST, SET):
        count = len(item.held)
        head = bytes([count << 4 | item.of]) if count < 15 else bytes([0xF0 | item.of]) + _varint(count)
        return head + b"".join(map(written, item.held))
    return b"".join(_field(number, before, one) for before, (number, one) in _with_before(item.held)) + b"\0"


def _with_before(fields: list[tuple[int, Item]]) -> list[tuple[int, tuple[int, Item]]]:
    return list(zip([0, *(number for number, _ in fields)], fields, strict=False))


def _field(number: int, before: int, item: Item) -> bytes:
    step = number - before
    head = (
        bytes([step << 4 | item.kind]) if 0 < step < 16 else bytes([item.kind]) + _varint(number << 1 ^ (number >> 63))
    )
    return head if item.kind in (TRUE, FALSE) else head + written(item)


def _varint(number: int) -> bytes:
    number &= (1 << 64) - 1
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def _signed(number: int) -> int:
    return number >> 1 ^ -(number & 1)
