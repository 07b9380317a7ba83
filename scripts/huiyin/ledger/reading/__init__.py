"""Reading any office's ledger: text or workbook, in whatever encoding and with whatever stands around the table."""
