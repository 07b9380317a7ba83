"""Projection: what an audience may see of a private registry, appended as commits to a repository of its own."""
