"""Laying YAML text out anew: order of keys and items, and indentation, by moving whole lines. Pure.

Lines are cut where values begin, so that comments, quotes, folded texts and literal blocks stay as people wrote them.
A comment goes with what stands below it; one that is indented deeper stays with what stands above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

STEP = 2
"""Columns by which each level stands further in, and a dash before its item."""

Path = tuple[str | int, ...]
Order = Callable[[Path, Sequence[str | int]], list[int]]
"""Given the path of a mapping or list and its keys or places, in which order they should stand."""


@dataclass
class _Node:
    """A value: where it begins, on which line its text ends, and the parts of a block mapping or list."""

    line: int
    column: int
    end: int
    kind: str = "leaf"
    keys: list[tuple[str, int, int, int]] = field(default_factory=list)
    parts: list[_Node] = field(default_factory=list)


@dataclass(frozen=True)
class _Chunk:
    """The lines of one entry: comments and blank lines above it, then its own, up to the next entry's comments."""

    name: str | int
    above: tuple[int, int]
    first: int
    last: int
    node: _Node
    key: tuple[int, int] | None = None


def lay_out(text: str, order: Order) -> str:
    """Return `text` with its entries in the order asked for, two columns a level, list items indented.

    `text` must be one document that `yamltext` reads without faults, with a block mapping at its top.
    """
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    top = _compose(text)
    if top is None or top.kind != "map" or not top.keys:
        return text
    tail = top.end + 1
    while tail < len(lines) and lines[tail].startswith((" ", "\t")):
        tail += 1
    head = top.keys[0][1]
    out = [*map(str.rstrip, lines[:head]), *_mapping(lines, top, head, tail, 0, (), order)]
    out.extend(map(str.rstrip, lines[tail:]))
    return "\n".join(out).strip("\n") + "\n"


def list_lines(text: str, key: str) -> tuple[int, list[int]] | None:
    """Return the column of the dashes of the block list under `key`, and after which lines, from 0, an item can go.

    Those are the line of the key and the last line of each item. None where there is no such list, or it stands in
    brackets.
    """
    top = _compose(text)
    if top is None or top.kind != "map":
        return None
    for (name, line, *_), part in zip(top.keys, top.parts, strict=True):
        if name == key and part.kind == "seq" and part.parts:
            return part.column, [line, *(item.end for item in part.parts)]
    return None


def _compose(text: str) -> _Node | None:
    """The tree of block mappings and lists; everything else is a leaf."""
    open_nodes: list[_Node] = []
    top: _Node | None = None
    flow = 0
    events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
    for event in events:
        opens = isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            flow = max(0, flow - 1)
            if not flow:
                _close(open_nodes, event)
            continue
        if flow or not (opens or isinstance(event, yaml.ScalarEvent)):
            flow += opens and flow > 0
            continue
        node = _start(event)
        parent = open_nodes[-1] if open_nodes else None
        if parent is None:
            top = node
        elif parent.kind == "map" and len(parent.keys) == len(parent.parts):
            parent.keys.append((str(event.value), node.line, node.column, int(event.end_mark.column)))
            continue
        else:
            parent.parts.append(node)
            parent.end = max(parent.end, node.end)
        if opens:
            open_nodes.append(node)
            flow = int(node.kind == "leaf")
    return top


def _start(event: Any) -> _Node:
    line, column = event.start_mark.line, event.start_mark.column
    if isinstance(event, yaml.ScalarEvent):
        return _Node(line, column, max(line, _end(event)))
    if event.flow_style:
        return _Node(line, column, line)
    return _Node(line, column, line, "map" if isinstance(event, yaml.MappingStartEvent) else "seq")


def _close(open_nodes: list[_Node], event: Any) -> None:
    node = open_nodes.pop()
    if node.kind == "leaf":  # a flow collection ends at its bracket, a block where its last part does
        node.end = _end(event)
    if open_nodes:
        open_nodes[-1].end = max(open_nodes[-1].end, node.end)


def _end(event: Any) -> int:
    """The last line that belongs to a value; a literal block's mark stands at the start of the line behind it."""
    mark = event.end_mark
    return int(mark.line if mark.column else mark.line - 1)


def _chunks(lines: list[str], node: _Node, first: int, last: int) -> list[_Chunk]:
    """Cut the lines of a block mapping or list into its entries."""
    if node.kind == "map":
        places: list[tuple[str | int, int]] = [(name, line) for name, line, _, _ in node.keys]
    else:
        places = [(n, _dash(lines, node.column, part.line)) for n, part in enumerate(node.parts)]
    starts: list[int] = []
    content = first
    for (_, line), part in zip(places, node.parts, strict=True):
        starts.append(_above(lines, content, line, node.column) if starts else first)
        content = max(part.end, line) + 1
    chunks = []
    for n, ((name, line), part) in enumerate(zip(places, node.parts, strict=True)):
        until = starts[n + 1] if n + 1 < len(starts) else last
        key = (node.keys[n][2], node.keys[n][3]) if node.kind == "map" else None
        chunks.append(_Chunk(name, (starts[n], line), line, until, part, key))
    return chunks


def _dash(lines: list[str], column: int, line: int) -> int:
    while lines[line][column : column + 1] != "-" or lines[line][:column].strip(" -"):
        line -= 1
    return line


def _above(lines: list[str], content: int, line: int, column: int) -> int:
    """The first of the comments and blank lines above `line` that go with it."""
    start = line
    while start > content:
        above = lines[start - 1]
        if above.strip() and not (above.lstrip().startswith("#") and _indent(above) <= column):
            break
        start -= 1
    return start


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _mapping(
    lines: list[str], node: _Node, first: int, last: int, column: int, path: Path, order: Order
) -> Iterator[str]:
    chunks = _chunks(lines, node, first, last)
    for n in order(path, [chunk.name for chunk in chunks]):
        chunk = chunks[n]
        yield from _comments(lines, chunk, column)
        yield from _entry(lines, chunk, node.column, column, (*path, chunk.name), order)


def _comments(lines: list[str], chunk: _Chunk, column: int) -> Iterator[str]:
    for line in lines[slice(*chunk.above)]:
        yield " " * column + line.strip() if line.strip() else ""


def _entry(lines: list[str], chunk: _Chunk, old: int, column: int, path: Path, order: Order) -> Iterator[str]:
    """The lines of one key with its value, the key at `column`."""
    line, value = lines[chunk.first], chunk.node
    assert chunk.key is not None  # noqa: S101 (entries of mappings have keys)
    key = line[slice(*chunk.key)]
    if value.kind != "leaf":
        rest = line[chunk.key[1] :].strip().removeprefix(":").strip()
        yield f"{' ' * column}{key}:{f' {rest}' if rest else ''}"
        yield from _block(lines, value, chunk.first + 1, chunk.last, column + STEP, path, order)
        return
    rest = line[chunk.key[1] :].lstrip(" ").removeprefix(":").strip(" \t")
    yield f"{' ' * column}{key}:{f' {rest}' if rest else ''}"
    yield from _shifted(lines[chunk.first + 1 : chunk.last], column - old)


def _block(
    lines: list[str], node: _Node, first: int, last: int, column: int, path: Path, order: Order
) -> Iterator[str]:
    lay = _mapping if node.kind == "map" else _list
    yield from lay(lines, node, first, last, column, path, order)


def _list(lines: list[str], node: _Node, first: int, last: int, column: int, path: Path, order: Order) -> Iterator[str]:
    chunks = _chunks(lines, node, first, last)
    for n in order(path, [chunk.name for chunk in chunks]):
        chunk = chunks[n]
        yield from _comments(lines, chunk, column)
        yield from _item(lines, chunk, node.column, column, (*path, chunk.name), order)


def _item(lines: list[str], chunk: _Chunk, old: int, column: int, path: Path, order: Order) -> Iterator[str]:
    """The lines of one item, its dash at `column`."""
    dash, value = " " * column + "-", chunk.node
    if value.kind == "leaf" or value.line > chunk.first:
        rest = lines[chunk.first][old + 1 :].strip(" ")
        yield f"{dash} {rest}" if rest else dash
        if value.kind == "leaf":
            yield from _shifted(lines[chunk.first + 1 : chunk.last], column - old)
        else:
            yield from _block(lines, value, chunk.first + 1, chunk.last, column + STEP, path, order)
        return
    waiting = True
    for line in _block(lines, value, chunk.first, chunk.last, column + STEP, path, order):
        if waiting and line.strip() and not line.lstrip().startswith("#"):
            waiting = False
            yield f"{dash} {line.lstrip(' ')}"
        else:
            yield line[STEP:] if waiting else line


def _shifted(lines: Sequence[str], by: int) -> Iterator[str]:
    """Lines of a text over several lines, all moved by the same number of columns."""
    for line in lines:
        if not line.strip():
            yield line if by >= 0 and line else line[: max(0, len(line) + by)]
        else:
            yield " " * by + line if by >= 0 else line[min(-by, _indent(line)) :]
