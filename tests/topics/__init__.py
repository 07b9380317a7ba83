"""Tests of what comes back, and of key topics."""
