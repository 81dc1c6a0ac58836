"""The codes of each pass, one file a pass; a rule's code stands beside the rule."""
