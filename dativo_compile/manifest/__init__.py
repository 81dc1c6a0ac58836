"""The parts a manifest is made of."""
