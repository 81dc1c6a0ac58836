"""Rules for jobs on AWS."""
