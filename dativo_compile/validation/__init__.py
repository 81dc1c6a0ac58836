"""JSON Schemas at work: what is wrong with a value, in our own words."""
