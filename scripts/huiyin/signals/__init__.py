"""Signals (民情信号): what of complaint counts may be released, and the released counts as series. Pure."""
