"""Middleware for all requests, one concern a module.

Middleware of one room stands in that room. settings/base.py has the order of all.
"""
