"""Accounts: who may change whom, and how people sign in."""
