"""From what a Terraform state holds to the `infrastructure` block of a job."""
