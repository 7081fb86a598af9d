"""The workspaces of the window, a folder each."""
