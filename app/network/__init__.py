"""The open network without a widget: its document, the undoable edits, loading, and the training thread."""
