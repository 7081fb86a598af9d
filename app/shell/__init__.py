"""The window round the workspaces: rail, menus, files, autosave, messages, settings."""
