"""Huiyin (回音): an open registry of what deputies ask of government, and of what government did about it."""
