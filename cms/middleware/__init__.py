"""Middleware for all requests. Each module has one purpose.

Middleware that belongs to one package of cms is in that package. settings/base.py has the order of
all middleware.
"""
