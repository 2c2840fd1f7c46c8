"""Tests of access: every address for every role, and every screen that a role can reach."""
