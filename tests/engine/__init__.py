"""The engine: found or made once, started in a folder, never left behind."""
