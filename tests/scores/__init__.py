"""Tests of public scores."""
