"""Tables of examples with a label, and how their texts and numbers become ids and numbers."""
