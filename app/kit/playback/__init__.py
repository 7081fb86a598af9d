"""Going through steps one after another.

- :mod:`playback`: how many steps are done, and the clock that does them.
- :mod:`scrubber`: the line of steps, a drawing. :mod:`bar`: that line between its buttons.
"""
