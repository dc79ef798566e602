"""The player: format, clock and comparison of stories."""
