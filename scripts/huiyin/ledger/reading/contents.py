"""What a file is, by its first bytes, whatever it is called and whatever the mapping says."""

from __future__ import annotations

from pathlib import Path

from huiyin.ledger.outcomes import LedgerError
from huiyin.ledger.reading.decoding import head

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPACE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
"""Blanks, and the marks and zeros of encodings."""
_PAGES = (b"<!doctype", b"<html", b"<head", b"<meta", b"<table", b"<?xml")


def kind(path: Path, named: str) -> str:
    """Return csv, jsonl or xlsx; raises LedgerError where it is none of them, or not the one that the mapping names."""
    if not path.exists():
        raise LedgerError("没有这个文件", "there is no such file")
    if not path.is_file():
        raise LedgerError("这不是一个文件；要给出台账文件本身", "this is no file: name the ledger itself")
    start = head(path)
    if not start:
        raise LedgerError("文件是空的，没有数据行", "the file is empty: it has no rows")
    found = _found(start)
    text_as_named = named in ("csv", "jsonl") and found in ("csv", "jsonl") and (named, found) != ("csv", "jsonl")
    if not named or named == found or text_as_named:
        return named or found
    what = {
        "xlsx": ("Excel 或 WPS 工作簿", "a workbook"),
        "jsonl": ("JSONL（每行一个对象）", "JSON lines"),
        "csv": ("文本（CSV）", "text (CSV)"),
    }[found]
    raise LedgerError(
        f"映射写的是 {named}，可是文件是{what[0]}。请把映射文件的 format.type 改成 {found}，或者删去它",
        f"the mapping says {named}, but the file is {what[1]}: write {found} as format.type, or remove it",
    )


def _found(start: bytes) -> str:
    if start.startswith((ZIP, OLE)):
        return "xlsx"
    text = start.lstrip(_SPACE)
    if text.startswith(b"%PDF"):
        raise LedgerError("文件是 PDF，不是台账", "the file is a PDF and no ledger")
    if text.replace(b"\0", b"")[:9].lower().startswith(_PAGES):
        raise LedgerError(
            "文件其实是网页或 XML（有的系统把它叫作 .xls）。请用 Excel 或 WPS 打开，另存为 .xlsx",
            "the file is a web page or XML that some system called .xls: open it in a spreadsheet, save it as .xlsx",
        )
    if text.startswith(b"{"):
        return "jsonl"
    return "jsonl" if text.startswith(b"[") and text.lstrip(b"[" + _SPACE).startswith(b"{") else "csv"


def refuse_list(path: Path) -> None:
    """Raise LedgerError where a file of JSON is one list and not a line for each object."""
    if not head(path).lstrip(_SPACE).startswith(b"["):
        return
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1024))
        end = file.read().rstrip(_SPACE)
    if end.endswith(b"]"):
        raise LedgerError(
            "文件是一整个 JSON 列表；请改成每行一个对象（JSONL）",
            "the file is one JSON list; put one object on each line (JSON Lines)",
        )
