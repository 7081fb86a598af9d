"""The open network without a widget: its document, the undoable edits, loading, and the training thread.

- :mod:`document` is the graph, data and settings that lie open; :mod:`commands` are its edits,
  :mod:`loading` and :mod:`ahead` read data and files in the background.
- :mod:`trainer` is the run as the window sees it, :mod:`worker` its thread; :mod:`kept` are weights and runs that are
  put by, :mod:`watched` what a canvas asks of a run, :mod:`preview` what another activation would show.
- :mod:`mending` tries cures on copies, :mod:`evaluator` answers against the truth, :mod:`speed` is how fast to train.
- :mod:`open_network` is how other workspaces find it and take expressions out of it, by a :mod:`scalar_request`.
"""
