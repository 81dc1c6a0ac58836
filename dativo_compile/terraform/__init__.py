"""Terraform as it is found: state formats, backends, and what a module's folder says about its state."""
