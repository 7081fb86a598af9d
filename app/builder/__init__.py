"""Building and watching any network document: palette, canvas, inspector, timeline of a pass."""
