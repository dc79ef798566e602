"""What can go wrong with the engine that a user can put right."""


class EngineProblem(Exception):
    """One line in Dutch that says what is wrong with the engine and what to do about it."""
