"""Tests of what each audience may see."""
