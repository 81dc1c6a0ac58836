"""Tags: levels brought to logical keys and text, merged with their history, and shown as table properties."""
