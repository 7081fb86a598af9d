"""Where a number comes from: a card that every workspace opens beside its numbers.

- :mod:`facts`: what there is to say of a number. A workspace makes a :class:`~facts.Fact` for each of its keys.
- :mod:`card`: shows a fact, goes on to the numbers that it comes from, and back.
- :mod:`formula`: formulas that flow over lines. :mod:`buttons`: the rows to go on by, and the question mark.
- :mod:`badge`: who checked the number, and what came of it.
"""
