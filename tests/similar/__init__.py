"""Tests of finding what belongs together."""
