"""Codes and diagnostics as values; how they are printed is no business of this package."""
