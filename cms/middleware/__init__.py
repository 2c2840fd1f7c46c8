"""Middleware for all requests, one concern a module.

Middleware that belongs to one package of cms is in that package. settings/base.py has the order of
all middleware.
"""
