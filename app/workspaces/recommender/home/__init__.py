"""The home of the recommenders: two ideas, the data that is there, the runs there have been.

- :mod:`home`: the page, which takes dropped files too. :mod:`idea_card` with its picture; :mod:`data_tiles`.
- :mod:`runs`: the table of earlier runs. :mod:`starts`: what can be begun.
"""
