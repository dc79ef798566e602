"""The desk of operations: what the command line shows of the record, and what it sends to trajectories."""
