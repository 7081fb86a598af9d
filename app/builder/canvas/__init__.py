"""The canvas: the network as it is drawn, built by hand and watched at work.

    document, run ──► scene ──► drawing (blocks, edges, wires, tiles, badges, pass_drawing) ──► view
    pointer, keys ──► view ──► input ──► hit, gestures, commands ──► edits ──► document

- :mod:`view`: the widget. It makes all the parts and hands each those that it needs.
- :mod:`scene`: what is shown: the layout of the graph (:mod:`geometry`, :mod:`layout`), the run's numbers, a pass
  (:mod:`passes`). :mod:`selection`: what is chosen.
- :mod:`drawing`: one frame, from the back to the front. :mod:`edges` is the raster of all weights, :mod:`tiles` the
  heat maps; :mod:`blocks`, :mod:`wires`, :mod:`badges` and :mod:`pass_drawing` are what lies under and over them.
- :mod:`input`: what the pointer and the keys begin. :mod:`hit` finds what lies under the pointer and says what it is,
  :mod:`gestures` are what a press begins, :mod:`commands` what the keys and menus do (:mod:`actions`), :mod:`edits`
  what that does to the document, one undoable step each. :mod:`app.builder.palette` brings blocks.
- :mod:`overlays`: the widgets over the canvas: :mod:`neuron_card` (:mod:`neuron_line`), :mod:`weight_editor`,
  :mod:`minimap`. :mod:`words`: what blocks and units are called.
"""
