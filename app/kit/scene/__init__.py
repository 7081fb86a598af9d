"""A picture one can look about in: camera, curves, mini-map, and the playhead of what is animated in it."""
