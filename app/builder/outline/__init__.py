"""The outline: the network as a tree of words, for the keyboard and for those who hear it.

- :mod:`content`: the rows, their numbers and words, and what is chosen with them on the canvas.
- :mod:`model`: the rows as Qt's item model. :mod:`view`: the tree, its keys, how a row is painted and typed over.
- :mod:`commands`: what can be done from a row. :mod:`panel`: joins them, and keeps step with the document.
"""
