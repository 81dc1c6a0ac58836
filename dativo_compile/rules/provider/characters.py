"""Characters as a message shows them: foreign letters and digits look like ours, and some look like nothing."""

from __future__ import annotations


def shown(character: str) -> str:
    """A character so that a reader sees which it is."""
    if character in "\r\n":
        return "a line break"
    if character == " ":
        return "a space"
    if not character.isprintable():
        return f"the character U+{ord(character):04X}"
    if character.isascii():
        return f"`{character}`"
    looks = "a digit other than 0 to 9" if character.isdigit() else "which is not ASCII"
    return f"`{character}` (U+{ord(character):04X}), {looks}"
