"""Commands on the real engine: what is refused leaves no trace, what is accepted happens once."""
