"""Links of TensorFlow Playground (playground.tensorflow.org): a network, its data and its first weights in an address.

What a link means is what that page makes of it (Smilkov et al. 2017; its source is under the Apache License 2.0): the
same points, the same first weights, and with the settings that come with them the same losses.
"""

from __future__ import annotations

import re

from engine.formats.links import LinkedNetwork, LinkFormat, WrittenLink, register_link
from engine.formats.playground_link.settings import START

_PAGE = re.compile(r"\s*(?:https?://)?(?:www\.)?playground\.tensorflow\.org(?:[/?#:]|\s*$)", re.IGNORECASE)


def _recognises(text: str) -> bool:
    return _PAGE.match(text) is not None


def _check(text: str) -> None:
    from engine.formats.playground_link.reading import settings_of

    settings_of(text)


def _read(text: str) -> LinkedNetwork:
    from engine.formats.playground_link.reading import read

    return read(text)


def _write(network: LinkedNetwork) -> WrittenLink:
    from engine.formats.playground_link.writing import write

    return write(network)


register_link(LinkFormat("playground-link", START, _recognises, _check, _read, _write))
