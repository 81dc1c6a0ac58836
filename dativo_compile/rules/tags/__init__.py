"""Rules about the tags of one job."""
