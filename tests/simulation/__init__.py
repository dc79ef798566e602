"""Random but valid sequences of commands, silence and time on the real engine, and what must hold after each step."""
