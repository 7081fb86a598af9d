"""The window round the workspaces: rail, menus, files, autosave, messages, settings. It sees a workspace, never which.

- :mod:`application` puts fonts, theme, language and window together; :mod:`settings` are what a start remembers.
- :mod:`main_window` has the :mod:`rail`, the :mod:`top_bar`, the :mod:`menus`, the message bar (:mod:`messages`) and
  the :mod:`pages`, which are built on their first visits; :mod:`host` is what it offers them. :mod:`actions` are the
  window's, :mod:`bindings` says what each does, :mod:`presentation` leaves the picture alone on the screen.
- :mod:`files` opens and saves: :mod:`opening` reads what takes long and finds data that are gone, :mod:`saving`
  writes, asks before work is lost and sweeps up what killed saves have left, :mod:`questions` are its sheets.
- :mod:`recovery` brings work back after a crash: :mod:`autosave` keeps a snapshot of each document in a thread,
  :mod:`leftovers` finds those of windows that crashed.
- :mod:`collecting` keeps searches for garbage short.
- ``dialogs``, :mod:`crash`, :mod:`installation` and :mod:`desktop_entry` are what is seen now and then.
"""
