"""Everything that touches the world, as small classes with their collaborators injected."""
