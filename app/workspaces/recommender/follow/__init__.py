"""Follow a user through a trained YoutubeDNN: their history, what they are shown, and why.

- :mod:`section`: wires and places the page; :mod:`session`: the history that is edited, what is asked and answered.
- Left: :mod:`history_panel`, with what else is known of the user. Middle: :mod:`list_panel` with funnel and list;
  :mod:`second_stage` chooses the ranking network. Right: :mod:`why_panel`: how an item was fetched, and what put it in
  order.
- Below: :mod:`evidence`, tabs with :mod:`evidence_plots` and :mod:`map_view`; a second child works the figures out
  (:mod:`judge`).
"""
