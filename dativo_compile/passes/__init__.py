"""One pass a file, each a plain function from one frozen value to the next."""
