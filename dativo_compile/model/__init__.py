"""Frozen values that passes hand to each other; imports nothing else of the package."""
