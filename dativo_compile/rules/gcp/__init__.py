"""Rules for jobs on GCP."""
