"""What a Terraform root module declares, read from its files without running anything."""
