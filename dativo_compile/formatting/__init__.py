"""Text to formatted text: lines move and ids get quotes, and nothing else of a file changes."""
