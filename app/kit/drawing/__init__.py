"""Drawings: a view is a function from plain data to marks, and one widget shows them all.

    plain data ──draw(data, size)──► Drawing (marks, back to front) ──► DrawingView

- :mod:`marks`, :mod:`columns`, :mod:`number`: what a drawing is made of. A mark is frozen data in pixels. Its colours
  are names (:mod:`inks`), so that it is the same in every theme.
- :mod:`drawing`: a drawing, and what differs between two of them.
- :mod:`view`: the widget. It paints what differs, points, drags, types, steps with the keyboard, speaks and copies.
- :mod:`axes`: scales, ticks, grids and frames of plots.

A view's tests compare marks and need no window. Whatever moves by itself gets its time within its data.
"""
