"""Text to positioned trees: the one place that knows the YAML library."""
