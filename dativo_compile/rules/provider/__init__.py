"""Rules that hold on every provider."""
