"""How a job, its connectors and its asset become one tree with an origin at each leaf."""
