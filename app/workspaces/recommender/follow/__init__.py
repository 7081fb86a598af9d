"""Follow a user through a trained YoutubeDNN: their history, what they are shown, and why.

- :mod:`section`: wires the page; :mod:`layout` places its parts, :mod:`session` asks and keeps what was answered.
- :mod:`content`: the answers as plain data. :mod:`history`: the history as it is edited, with undo.
- Left: :mod:`history_panel` with the watches (:mod:`history_list`) and what else is known (:mod:`profile_panel`).
- Middle: :mod:`list_panel` with funnel and list (:mod:`shown_list`); :mod:`second_stage` chooses the ranking network.
- Right: :mod:`why_panel`: how an item was fetched, and what put it in order.
- Below: :mod:`evidence`, tabs with :mod:`worth_view`, :mod:`map_view`, :mod:`time_line` and :mod:`recall_plot`; a
  second child works the figures out (:mod:`judge`).
"""
