"""How the compiled backend works a block out: the numbers that its kernels switch on."""

from __future__ import annotations

from enum import IntEnum


class Compiled(IntEnum):
    """What the kernels know to do; a block that is none of these trains by the other backends."""

    INPUT = 0
    AFFINE = 1
    ACTIVATION = 2
    ADD = 3
    CONCATENATE = 4
    DROPOUT = 5
    BATCH_NORM = 6
    LAYER_NORM = 7
