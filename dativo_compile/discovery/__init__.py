"""The project on disk: its root, its job files, and their bytes."""
