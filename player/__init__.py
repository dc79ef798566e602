"""Plays a dossier in virtual time on a real engine: for stories, the demo, tests and training."""
