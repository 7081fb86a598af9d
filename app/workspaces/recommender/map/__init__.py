"""The map of items: a drawing of their vectors that is panned, zoomed and turned.

- :mod:`scene`: what is shown and its colours, where that lies, and how it is turned.
- :mod:`view`: the widget and what it draws, names placed. :mod:`item_map`: it with legend, finder and tour.
"""
