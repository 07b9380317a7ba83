"""The git host: its API, and what comments, queues and requests are made of. Only `api` talks to it."""
