"""The pass player: one sample's forward, loss, backward and update, played stage by stage.

- :mod:`panel`: plays the pass, goes from stage to stage, asks for numbers first. :mod:`card`: its widgets, and where
  they lie.
- :mod:`source`: which pass is shown, and when the trainer is asked for it again.
- :mod:`stage_cells`: the line of stages. :mod:`sheet`: a stage worked out. Both are drawings.
- :mod:`written`: a line of arithmetic with the digits that let it be checked by hand; the canvas writes with it too.
- :mod:`words`: titles, captions, formulas and sentences of a pass. :mod:`origins`: where its numbers come from.
"""
