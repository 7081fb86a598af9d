"""The compiled loops of the edge rasteriser (numba, without the GIL).

In one pixel column a straight piece of slope s and width w covers the pixel at distance d above or below its
middle by ``clamp((w + 1)/2 − |d|/r, 0, min(w, 1))`` with r = √(1 + s²): exact for a horizontal piece, and
antialiased across the line, not just up and down, for a steep one. That profile is a trapezoid with four
corners, so its second difference has four spikes, each shared between two rows by its fractional part. A
spike is one 64-bit number: its size in the upper half, what falls to the next row in the lower. An edge
therefore costs four additions per column however thick it is, and two running sums down the column turn all
spikes into coverage at once. The numbers are whole, so nothing drifts over a thousand rows.

Corners beyond the image are held at its first or last row with an unheld fraction, which continues the
profile's straight pieces exactly: nothing is written outside, and an edge that is half visible is drawn as if
the image went on.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.kernel_cache import compiled

Array = Any
"""A numpy array; numba specialises on its dtype and layout at the call."""

UNIT = float(1 << 18)
"""An alpha of 1 in the spikes' fixed-point numbers; leaves room for densities up to 8,000 in 32 bits."""

STRIP = 16
"""Finished columns that are written together: 16 pixels are one line of the processor's cache."""

CHUNK = 256
"""Edges per chunk of the edge table: their corners are found in one vectorised pass, then scattered."""

# The edge table is flat float32: each chunk holds one run of CHUNK values per field. One array with constant
# offsets lets the compiler prove that loads and stores do not overlap, and so vectorise.
START, CLIMB, OUTER, INNER, ALPHA, PLANE = (field * CHUNK for field in range(6))
CHUNK_SIZE = 6 * CHUNK


@compiled(nogil=True, error_model="numpy")
def collect_edges(
    weights: Array, y0: Array, y1: Array, threshold: float, look: Array, rows: int, table: Array, base: int
) -> int:
    """Write the edges of one wire with |w| ≥ ``threshold`` into the edge table from ``base`` on; return
    how many.

    ``weights`` (n, m), ``y0`` (m,) and ``y1`` (n,) in pixels; ``look`` is (reference, thinnest, widest,
    faintest alpha, strongest alpha); ``rows`` is the length of one sign's plane. The wire is walked along its
    diagonals, so that neighbours in the table differ at both ends and the scatter rarely waits for the row
    that it has just written. A weight that is not a number is left out.
    """
    outputs, inputs = weights.shape
    reference, thinnest, widest, faintest, strongest = look[0], look[1], look[2], look[3], look[4]
    count = 0
    for shift in range(outputs):
        j = shift
        for i in range(inputs):
            weight = weights[j, i]
            if abs(weight) >= threshold:
                strength = abs(weight) / reference
                if not strength < 1.0:  # also when the reference is not a number
                    strength = 1.0
                width = thinnest + (widest - thinnest) * strength
                k = base + (count // CHUNK) * CHUNK_SIZE + count % CHUNK
                table[k + START] = y0[i]
                table[k + CLIMB] = y1[j] - y0[i]
                table[k + OUTER] = 0.5 * (width + 1.0)
                table[k + INNER] = 0.5 * abs(width - 1.0)
                table[k + ALPHA] = faintest + (strongest - faintest) * strength
                table[k + PLANE] = rows if weight < 0.0 else 0.0
                count += 1
            j += 1
            if j == outputs:
                j = 0
    return count


@compiled(nogil=True, fastmath=True, error_model="numpy")
def _find_corners(
    chunk: Array, count: int, share: float, derivative: float, presence: float, last: int, row: Array, spike: Array
) -> None:
    """Where the four corners of each edge's profile fall in one column, and the spikes that they make.

    ``row`` (4·CHUNK,) takes the corners' rows, each in its sign's plane, and ``spike`` (4·CHUNK,) the packed
    spikes. The steepness of the profile's ramps is quantised first, so that an edge's four spikes cancel
    exactly below it.
    """
    climb_share, climb_derivative = np.float32(share), np.float32(derivative)
    present, bottom = np.float32(presence * UNIT), np.float32(last)
    zero, half, one = np.float32(0.0), np.float32(0.5), np.float32(1.0)
    for k in range(count):
        slope = chunk[k + CLIMB] * climb_derivative
        stretch = np.sqrt(one + slope * slope)
        middle = chunk[k + START] + chunk[k + CLIMB] * climb_share + half
        outer = chunk[k + OUTER] * stretch
        inner = chunk[k + INNER] * stretch
        a, b, c, d = middle - outer, middle - inner, middle + inner, middle + outer
        visible = np.int32((d > zero) & (a < bottom))
        steepness = np.int32(chunk[k + ALPHA] * present / stretch) * visible
        ramp = np.float32(steepness)
        whole = np.int64(steepness) << 32
        row_a = np.int32(min(max(a, zero), bottom))
        row_b = np.int32(min(max(b, zero), bottom))
        row_c = np.int32(min(max(c, zero), bottom))
        row_d = np.int32(min(max(d, zero), bottom))
        spike[k] = whole + np.int64(np.int32(ramp * (a - np.float32(row_a))))
        spike[k + CHUNK] = whole + np.int64(np.int32(ramp * (b - np.float32(row_b))))
        spike[k + 2 * CHUNK] = whole + np.int64(np.int32(ramp * (c - np.float32(row_c))))
        spike[k + 3 * CHUNK] = whole + np.int64(np.int32(ramp * (d - np.float32(row_d))))
        plane = np.int32(chunk[k + PLANE])
        row[k] = row_a + plane
        row[k + CHUNK] = row_b + plane
        row[k + 2 * CHUNK] = row_c + plane
        row[k + 3 * CHUNK] = row_d + plane


@compiled(nogil=True)
def _scatter(row: Array, spike: Array, count: int, spikes: Array) -> None:
    """Add the spikes (+, −, −, +) to those of the column."""
    for k in range(count):
        spikes[np.uint64(row[k])] += spike[k]
        spikes[np.uint64(row[k + CHUNK])] -= spike[k + CHUNK]
        spikes[np.uint64(row[k + 2 * CHUNK])] -= spike[k + 2 * CHUNK]
        spikes[np.uint64(row[k + 3 * CHUNK])] += spike[k + 3 * CHUNK]


@compiled(nogil=True)
def _integrate(spikes: Array, rows: int, density: Array) -> None:
    """Sum the spikes twice into the densities of both signs, (2, height) in alpha, and clear them.

    With M the running sum of the spikes and P that of their parts in the next row, the profile is ΣM − P. It
    is small, so sums that wrap around on the way do no harm.
    """
    unit = np.float32(1.0 / UNIT)
    for plane in range(2):
        packed, climbed = np.int64(0), np.int64(0)
        for y in range(density.shape[1]):
            packed += spikes[plane * rows + y]
            part = np.int64(np.int32(packed))
            climbed += (packed - part) >> 32
            density[plane, y] = np.float32(np.int32(climbed - part)) * unit
    spikes[:] = 0


@compiled(nogil=True, fastmath=True, error_model="numpy")
def _compose(density: Array, colours: Array, knee: float, column: Array) -> None:
    """Turn one column of densities into premultiplied pixels.

    Each sign's density is its alpha up to ``knee`` (one edge at its strongest) and then nears 1
    hyperbolically: a single edge has exactly its own alpha, and two of alpha ½ give ¾, as painting one over
    the other would. The two alphas join as if painted over each other; the colour leans to the denser sign by
    the cube, so that a strong edge stays clean where faint ones cross it. ``colours`` is (2, 3): red, green,
    blue in 0…255 of the positive and the negative sign.
    """
    bend, room = np.float32(knee), np.float32(max(1.0 - knee, 1e-3))
    zero, half, tiny, full = np.float32(0.0), np.float32(0.5), np.float32(1e-5), np.float32(255.0)
    red_p, green_p, blue_p = colours[0, 0], colours[0, 1], colours[0, 2]
    red_n, green_n, blue_n = colours[1, 0], colours[1, 1], colours[1, 2]
    for y in range(column.size):
        p, n = max(density[0, y], tiny), max(density[1, y], tiny)
        over_p, over_n = max(p - bend, zero), max(n - bend, zero)
        alpha_p = min(p, bend) + room * over_p / (room + over_p)
        alpha_n = min(n, bend) + room * over_n / (room + over_n)
        alpha = alpha_p + alpha_n - alpha_p * alpha_n
        cube_p, cube_n = p * p * p, n * n * n
        mix = alpha / (cube_p + cube_n)
        part_p, part_n = cube_p * mix, cube_n * mix
        a = np.int32(alpha * full + half)
        r = np.int32(part_p * red_p + part_n * red_n + half)
        g = np.int32(part_p * green_p + part_n * green_n + half)
        b = np.int32(part_p * blue_p + part_n * blue_n + half)
        column[y] = np.uint32((a << 24) | (r << 16) | (g << 8) | b)


@compiled(nogil=True)
def _store(strip: Array, filled: int, image: Array, x: int) -> None:
    """Write the first ``filled`` columns of the strip to the image from column ``x`` on, row by row."""
    for y in range(image.shape[0]):
        for column in range(filled):
            image[y, x + column] = strip[column, y]


@compiled(nogil=True)
def draw_columns(
    first: int,
    last: int,
    wires: Array,
    columns: Array,
    table: Array,
    colours: Array,
    knee: float,
    image: Array,
) -> None:
    """Draw the pixel columns [first, last) of ``image`` (height, width) from the edge table.

    ``wires`` (wires, 5): each wire's first column, last column (exclusive), start in ``columns``, base in
    ``table`` and number of edges. ``columns`` (…, 3): per pixel column the share of the climb, its
    derivative, the part covered. Columns that no wire covers are left as they are.
    """
    height = image.shape[0]
    rows = height + 2
    spikes = np.zeros(2 * rows, np.int64)
    density = np.empty((2, height), np.float32)
    row = np.empty(4 * CHUNK, np.int32)
    spike = np.empty(4 * CHUNK, np.int64)
    strip = np.empty((STRIP, height), np.uint32)
    filled = 0
    for x in range(first, last):
        covered = False
        for wire in range(wires.shape[0]):
            left, right, start, base, edges = wires[wire]
            if left <= x < right and edges > 0:
                covered = True
                share, derivative, presence = columns[start + x - left]
                for begin in range(0, edges, CHUNK):
                    count = min(CHUNK, edges - begin)
                    at = base + (begin // CHUNK) * CHUNK_SIZE
                    _find_corners(table[at : at + CHUNK_SIZE], count, share, derivative, presence, height, row, spike)
                    _scatter(row, spike, count, spikes)
        if covered:
            _integrate(spikes, rows, density)
            _compose(density, colours, knee, strip[filled])
            filled += 1
        if filled == STRIP or (filled > 0 and not covered):
            end = x + 1 if covered else x
            _store(strip, filled, image, end - filled)
            filled = 0
    if filled > 0:
        _store(strip, filled, image, last - filled)
