"""What operators see, looked at in a real browser."""
