"""The selected block: its parameters, its activation, its features; or the network in sum.

- :mod:`inspector`: the panel. It shows one card of a block at a time and makes the edits; without a block, the network
  in sum and what is wrong with it.
- :mod:`parameters`: fields made from a kind's declaration. :mod:`features`: what an input block takes.
- :mod:`activation_panel`: cards to choose from (:mod:`activation_picker`), one's own text, the plot of f and f′
  (:mod:`activation_plot`), how often each unit is on (:mod:`units_strip`), formulas and facts.
- :mod:`unit_card`: a unit that weighs an image.

Plots are functions from data to marks; their tests need no window.
"""
