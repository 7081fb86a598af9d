"""The map of items: a picture of their vectors that is panned, zoomed and turned.

- :mod:`content`: what is shown, as plain data. :mod:`scene`: where that lies; :mod:`turning` turns it.
- :mod:`view`: the widget; :mod:`layer` draws the points in the background (:mod:`job`), :mod:`marks` what lies above
  them, with names that :mod:`labels` places.
- :mod:`item_map`: the view with its :mod:`legend`, :mod:`caption` and :mod:`finder`; :mod:`colours` by kind or number.
"""
