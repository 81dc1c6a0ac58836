"""A difference between manifests for a screen, a pull request or a program."""
