"""From cases to tables that other programs read: CSV, JSON Lines, Excel, Parquet and SQLite.

`tables` says which tables and columns there are, with their words; `files` writes them; `sheet` is the ledger (台账)
as offices keep it.
"""
