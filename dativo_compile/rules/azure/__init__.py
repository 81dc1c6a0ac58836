"""Rules of Azure, in preview."""
