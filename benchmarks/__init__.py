"""How long a compile takes, as a ratio to the least work that it could be."""
