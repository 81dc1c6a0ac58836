"""From `outputs:` in a job to values in their places."""
