"""The annual report (办理情况报告) of one session: composed from figures, then written as Word or shown as a page.

`compose` decides what is said, `charts` draws, `word` makes the document; the page is made by `publish`.
"""
