"""What git remembers of a project, read from its objects: no checkout, and nothing in the working tree changes."""
