"""Recorded histories replay, and what they told is told again to the letter."""
