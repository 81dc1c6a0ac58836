"""What Terraform plans would do to manifests, for a screen, a pull request or a program."""
