"""Terraform plans as JSON: what `terraform show -json PLAN` prints, of Terraform and OpenTofu alike."""
