"""One threshold unit: what it computes, which tables one line can do, why not the others, and how it learns.

- :mod:`unit`: ``z = w·x + b`` and the output; :mod:`tables`: truth tables and how a unit does on one.
- :mod:`parting`: a setting that does a table, or a proof that none does; :mod:`wishes`: the inequalities of a table.
- :mod:`settings`: every setting of a grid, counted; :mod:`learning`: the perceptron rule, step by step.
- :mod:`hidden`: the layer of two units that does what one cannot; :mod:`sheet`: the document that is kept.
"""
