"""Workers, engine, record and mail server killed in the middle of a story: everything still exists exactly once."""
