"""Recorded histories of stories; made by `python -m tests.replay.record`."""
