"""From a ledger (台账) and a mapping to a registry folder: rows are read, mapped, and written as files.

`rows` reads the ledger, `mapping` is what the mapping file says, `convert` and `events` turn one row into a draft,
`outcomes` says what became of each row, `assemble` judges drafts together, `plan` lists the files, `write` is the only
module here that changes the disk. Everything between reading and writing is pure.
"""
