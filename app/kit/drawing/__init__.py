"""Drawings: a view is a function from plain data to marks, and one widget shows them all.

    plain data ──draw(data, frame)──► Drawing (marks, back to front) ──► DrawingView

- :mod:`marks`, :mod:`columns`, :mod:`number`: what a drawing is made of. A mark is frozen data in pixels, sizes of text
  too. Its colours are names (:mod:`app.kit.inks`), so that it is the same in every theme.
- A mark with a key, or a piece of one, such as a number in a formula, is a :class:`~app.kit.drawing.marks.MarkPart`: it
  can be pointed at, chosen and spoken. ``keyed`` lists the parts of a mark or of a drawing, in reading order.
- :mod:`drawing`: a drawing, and what differs between two of them.
- :mod:`view`: the widget. It paints what differs, points, drags, types, steps with the keyboard, speaks and copies.
  :mod:`accessibility`: the parts as a screen reader sees them.
- :mod:`axes`: scales, ticks and grids of plots. :mod:`cursor`: the value that a plot is read at.

Three things save work: an equal mark is kept with what it has computed (:func:`~app.kit.drawing.drawing.reconcile`);
a :class:`~app.kit.drawing.marks.Group` is drawn again only when the arguments of its call change; and
:func:`~app.kit.drawing.drawing.remembered` keeps the latest results of a function.

A view with two bars, of which the one pointed at is said above them::

    def draw_bars(shares: tuple[float, ...], frame: Frame) -> Drawing:
        bars = tuple((40.0 * place, 90 * (1 - share), 30.0, 90 * share) for place, share in enumerate(shares))
        keys = tuple(range(len(shares)))
        marks: list[Mark] = [Rectangles(bars, ("accent",) * len(bars), keys=keys, tips=call(tip, shares), columns=True)]
        if frame.pointed in keys:
            marks.append(Text(tip(shares, keys.index(frame.pointed)), (0, 90, frame.width, 20)))
        return Drawing(tuple(marks))

    view = DrawingView(draw_bars, (0.2, 0.8), hint=QSize(200, 110), least=QSize(80, 110), name="Shares")
    view.set_data((0.3, 0.7))

Rules that no type holds:

- One mark has a key in a drawing, groups included; parts with its key, such as a number's symbol in a formula, mean
  the same and come after it. ``frame.pointed`` may be a key that these data no longer have.
- Data, and the arguments of a :func:`call`, are compared: tuples and frozen dataclasses, arrays only by identity.
- Widths and heights may be tiny before the first layout.
- What depends on the language is made in ``draw`` or a ``call``, never ``remembered``.

A plot with a cursor has a :class:`~app.kit.drawing.cursor.CursorMark` among its marks, and shows it as it likes::

    moved = CursorInput(0.1, (scale.low, scale.high), zooms=True)
    cursor = Cursor(scale, x, fixed(x), moved, key="x", tip="x", target=axes.box)
    marks = (cursor, Line((scale.place(x), top), (scale.place(x), bottom), "accent"), *points)

- A press in ``target`` takes it to the pointer, a drag along; ``edited(key, value)`` tells, as of any number.
- Left, Right, Page Up, Page Down, Home and End move it, unless the keyboard's ring is on another mark;
  ``nudged(key, before, now)`` follows. Put it first among the marks: then Tab leads to it.
- A click on another mark in there chooses that one; a drag from it moves the cursor.
- With ``zooms`` the wheel, + and − zoom, and Shift or the middle button moves the axis:
  ``axis_moved(key, low, high)``. A double click is ``opened(key)``.
- A drawing has one cursor at most, which lies in no group.

A view's tests compare marks and need no window. Whatever moves by itself gets its time within its data.
"""
