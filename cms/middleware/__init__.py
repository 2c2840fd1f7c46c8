"""What every request passes through, whatever it asks for, one concern a module.

A room with a concern of its own has its middleware there. settings/base.py has the order of all.
"""
