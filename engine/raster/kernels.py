"""The compiled loops of the edge rasteriser (numba, without the GIL).

In one pixel column a straight piece of slope s and width w covers the pixel at distance d above or below its middle
by ``clamp((w + 1)/2 − |d|/r, 0, min(w, 1))`` with r = √(1 + s²): exact for a horizontal piece, and antialiased across
the line, not just up and down, for a steep one. That profile is a trapezoid with four corners, so its second
difference has four spikes, each shared between two rows by its fractional part. An edge therefore costs eight additions
per column however thick it is, and two running sums over the column turn all spikes into coverage at once.

Rows are shifted by one (``row + 1``) so that what lies above the image collects in row 0; corners far outside are held
at the first or last row with an unheld fraction, which continues the profile's straight pieces exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

CHUNK = 256
"""Edges whose corners are worked out together, in one vectorised pass, before they are scattered."""

EDGE_FIELDS = 5
"""Rows of an edge table: start height, climb, outer corner, inner corner, alpha ."""

Array = Any  # numba specialises on dtype and layout at the call


@njit(nogil=True, cache=True)
def collect_edges(
    weights: Array, y0: Array, y1: Array, threshold: float, style: Array, rows: int,
    edges: Array, offsets: Array, start: int,
) -> int:  # fmt: skip
    """Write the edges of one wire with \\|w\\| ≥ ``threshold`` into the edge table from column ``start``; return the end.

    ``weights`` (n, m), ``y0`` (m,) and ``y1`` (n,) in pixels; ``style`` is (reference, thinnest, widest, faintest alpha,
    strongest alpha). The wire is walked along its diagonals, so that neighbours in the table differ at both ends and the
    scatter rarely hits the row that it has just written. A weight that is not a number is left out.
    """
    outputs, inputs = weights.shape
    reference, thinnest, widest, faintest, strongest = style[0], style[1], style[2], style[3], style[4]
    end = start
    for shift in range(outputs):
        j = shift
        for i in range(inputs):
            weight = weights[j, i]
            size = abs(weight)
            if size >= threshold:
                strength = min(size / reference, 1.0)
                width = thinnest + (widest - thinnest) * strength
                edges[0, end] = y0[i]
                edges[1, end] = y1[j] - y0[i]
                edges[2, end] = 0.5 * (width + 1.0)
                edges[3, end] = 0.5 * abs(width - 1.0)
                edges[4, end] = faintest + (strongest - faintest) * strength
                offsets[end] = rows if weight < 0.0 else 0
                end += 1
            j += 1
            if j == outputs:
                j = 0
    return end


@njit(nogil=True, cache=True, fastmath=True)
def _find_corners(
    edges: Array, offsets: Array, share: float, derivative: float, presence: float, last: int,
    row: Array, part: Array, steepness: Array,
) -> None:  # fmt: skip
    """Where the four corners of each edge's profile fall in one column: row, fraction, and the ramps' steepness."""
    start, climb, outer, inner, alpha = edges[0], edges[1], edges[2], edges[3], edges[4]
    top = np.float64(last)
    for k in range(offsets.size):
        slope = climb[k] * derivative
        stretch = np.sqrt(1.0 + slope * slope)
        steepness[k] = alpha[k] * presence / stretch
        middle = start[k] + climb[k] * share + 0.5
        far = outer[k] * stretch
        near = inner[k] * stretch
        a = middle - far
        b = middle - near
        c = middle + near
        d = middle + far
        ra = np.int32(min(max(a, 0.0), top))
        rb = np.int32(min(max(b, 0.0), top))
        rc = np.int32(min(max(c, 0.0), top))
        rd = np.int32(min(max(d, 0.0), top))
        part[0, k] = a - ra
        part[1, k] = b - rb
        part[2, k] = c - rc
        part[3, k] = d - rd
        row[0, k] = ra + offsets[k]
        row[1, k] = rb + offsets[k]
        row[2, k] = rc + offsets[k]
        row[3, k] = rd + offsets[k]


@njit(nogil=True, cache=True)
def _scatter(row: Array, part: Array, steepness: Array, count: int, spikes: Array) -> None:
    """Add the corners' spikes (+, −, −, + the steepness) to the second difference of the column."""
    one = np.uint64(1)
    for k in range(count):
        m = steepness[k]
        a, b, c, d = np.uint64(row[0, k]), np.uint64(row[1, k]), np.uint64(row[2, k]), np.uint64(row[3, k])
        pa, pb, pc, pd = m * part[0, k], m * part[1, k], m * part[2, k], m * part[3, k]
        spikes[a] += m - pa
        spikes[a + one] += pa
        spikes[b] -= m - pb
        spikes[b + one] -= pb
        spikes[c] -= m - pc
        spikes[c + one] -= pc
        spikes[d] += m - pd
        spikes[d + one] += pd


@njit(nogil=True, cache=True)
def _integrate(spikes: Array, rows: int, density: Array) -> None:
    """Sum the spikes twice into the density of both signs, (2, height) in alpha, and clear them."""
    height = density.shape[1]
    slope_positive, slope_negative, positive, negative = 0.0, 0.0, 0.0, 0.0
    for y in range(height):
        slope_positive += spikes[y]
        slope_negative += spikes[rows + y]
        positive += slope_positive
        negative += slope_negative
        density[0, y] = positive
        density[1, y] = negative
    spikes[:] = 0.0


@njit(nogil=True, cache=True, fastmath=True)
def _compose(density: Array, colours: Array, knee: float, column: Array) -> None:
    """Turn one column of densities into premultiplied pixels.

    Each sign's density is its alpha up to ``knee`` (one edge at its strongest) and then approaches 1 hyperbolically, so
    that a single edge has exactly its own alpha and two of alpha ½ give ¾, as painting one over the other would. The
    signs mix by their alphas. ``colours`` is (2, 3): red, green, blue in 0…255 of the positive and the negative sign.
    """
    room = np.float32(max(1.0 - knee, 1e-3))
    bend = np.float32(knee)
    one, half, tiny = np.float32(1.0), np.float32(0.5), np.float32(1e-6)
    pr, pg, pb = colours[0, 0], colours[0, 1], colours[0, 2]
    nr, ng, nb = colours[1, 0], colours[1, 1], colours[1, 2]
    positives, negatives = density[0], density[1]
    for y in range(column.size):
        p = max(positives[y], np.float32(0.0))
        n = max(negatives[y], np.float32(0.0))
        over_p = max(p - bend, np.float32(0.0))
        over_n = max(n - bend, np.float32(0.0))
        p = min(p, bend) + room * over_p / (room + over_p)
        n = min(n, bend) + room * over_n / (room + over_n)
        alpha = p + n - p * n
        scale = alpha / (p + n + tiny)
        p *= scale
        n *= scale
        a = np.uint32(alpha * np.float32(255.0) + half)
        r = np.uint32(p * pr + n * nr + half)
        g = np.uint32(p * pg + n * ng + half)
        b = np.uint32(p * pb + n * nb + half)
        column[y] = (a << np.uint32(24)) | (r << np.uint32(16)) | (g << np.uint32(8)) | b


@njit(nogil=True, cache=True)
def draw_columns(
    first: int, last: int, spans: Array, tables: Array, bounds: Array, edges: Array, offsets: Array,
    colours: Array, knee: float, image: Array,
) -> None:  # fmt: skip
    """Draw the pixel columns [first, last) of ``image`` (height, width) from the edge table.

    Wire b owns edges ``bounds[b]:bounds[b + 1]``, covers the columns ``spans[b, 0]:spans[b, 1]`` and has its column table
    (share, derivative, presence) at ``tables[spans[b, 2]:]``. Columns that no wire covers are left as they are.
    """
    height = image.shape[0]
    rows = height + 2
    spikes = np.zeros(2 * rows, np.float64)
    density = np.empty((2, height), np.float32)
    column = np.empty(height, np.uint32)
    row = np.empty((4, CHUNK), np.int32)
    part = np.empty((4, CHUNK), np.float32)
    steepness = np.empty(CHUNK, np.float32)
    for x in range(first, last):
        covered = False
        for wire in range(spans.shape[0]):
            if spans[wire, 0] <= x < spans[wire, 1] and bounds[wire] < bounds[wire + 1]:
                covered = True
                here = tables[spans[wire, 2] + x - spans[wire, 0]]
                for begin in range(bounds[wire], bounds[wire + 1], CHUNK):
                    end = min(begin + CHUNK, bounds[wire + 1])
                    _find_corners(
                        edges[:, begin:end], offsets[begin:end], here[0], here[1], here[2], rows - 2, row, part, steepness
                    )
                    _scatter(row, part, steepness, end - begin, spikes)
        if covered:
            _integrate(spikes, rows, density)
            _compose(density, colours, knee, column)
            for y in range(height):
                image[y, x] = column[y]
