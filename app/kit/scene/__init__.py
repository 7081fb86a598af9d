"""A picture one can look about in: camera and viewport, ground, curves,
and the playhead of what is animated in it. Whose picture it is does not matter here."""
