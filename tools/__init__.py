"""What developers of this repository run; none of it ships."""
