"""The build folder on disk: its index, its lock, and changes that happen as a whole or not at all."""
