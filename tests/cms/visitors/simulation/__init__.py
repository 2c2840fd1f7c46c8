"""Simulated visitors on a simulated clock, who use the real count and are counted separately."""
