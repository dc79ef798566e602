"""Whole trajectories on the real engine."""
