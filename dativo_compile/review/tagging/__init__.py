"""Tags across jobs: as a table, as values for Terraform, and compared with what is really there."""
