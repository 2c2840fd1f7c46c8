"""Accounts: which users may change which accounts, and how users sign in."""
