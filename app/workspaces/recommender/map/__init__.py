"""The map of items: a drawing of their vectors that is panned, zoomed and turned.

- :mod:`content`: what is shown and its colours, as plain data. :mod:`scene`: where that lies; :mod:`turning` turns it.
- :mod:`view`: the widget; :mod:`marks`: what it draws, names placed. :mod:`item_map`: with :mod:`legend` and finder.
"""
