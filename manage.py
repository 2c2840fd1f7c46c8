#!/usr/bin/env python3
"""Django's command-line entry point; settings are `settings.local` unless told otherwise."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.local")
    execute_from_command_line(sys.argv)
