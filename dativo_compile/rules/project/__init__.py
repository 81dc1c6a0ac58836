"""Rules about all jobs together."""
