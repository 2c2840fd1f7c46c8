"""Simulated visitors on a simulated clock, who drive the real count and are counted besides."""
