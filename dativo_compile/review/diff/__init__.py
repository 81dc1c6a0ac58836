"""What differs between two sets of manifests, by meaning: `compare.changes(base, new)` is the way in."""
