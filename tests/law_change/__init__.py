"""The law of a running case is the law it started with, until somebody says otherwise."""
