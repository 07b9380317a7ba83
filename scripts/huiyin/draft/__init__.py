"""Writing without hand-editing: what people give, in their own words, to events and files of the registry. Pure.

Shapes and words come from the schema, names from the registry, what may be recorded now from the rule pack. Nothing
here reads, writes or asks; commands and the forms of the git host do.
"""
