"""`dativo.lock.json`: what states said, so that a build needs neither them nor a network."""
