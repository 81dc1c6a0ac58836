"""Questions about manifests, answered by pure functions."""
