"""The compiled loops of the numba backend.

A batch lies in one flat workspace, units × rows: unit j's values of all m rows are the run
``[j·m, (j + 1)·m)`` of its layer's area, so that every inner loop walks contiguous memory and the weights are
scalars in it. :mod:`~engine.network.kernels.layout` says where each area begins; offsets and lengths are unsigned
64-bit numbers. :mod:`~engine.network.kernels.entry` holds what Python calls, and
:mod:`~engine.network.kernels.single` what it calls for steps of one row each.
"""
