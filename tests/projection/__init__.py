"""Tests of projections: what is written to the public side, and that nothing else is."""
