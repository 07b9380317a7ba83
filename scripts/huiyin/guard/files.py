"""Which files a change may touch, and how: kinds, names, places, deletions, moves, ids."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from huiyin.checks import Spotted
from huiyin.findings import Text
from huiyin.guard.change import IMPORT, MIGRATE, Change, at, guarded
from huiyin.load.files import kind_of
from huiyin.report import UNSEEN

_MODES = {
    "120000": Text("符号链接", "a symbolic link"),
    "160000": Text("子模块", "a submodule"),
    "100755": Text("可执行文件", "an executable file"),
}


@guarded("change-empty")
def empty(change: Change) -> Iterator[Spotted]:
    """没有改动 / Nothing changed

    提交的内容与主线完全一样，没有可以检查和合入的改动。

    The head holds exactly what the base holds: there is nothing to judge or to land.
    """
    if not change.files and not change.asked.landed:
        yield Spotted(
            change.base.settings.source.at(1, 1),
            Text("与主线没有差别", "it does not differ from the base"),
            Text("确认比较的两个提交没有写错", "see whether the two commits are the right ones"),
        )


@guarded("change-mixed")
def mixed(change: Change) -> Iterator[Spotted]:
    """不同性质的改动混在一起 / Different kinds of change in one

    登记册的改动与程序、规则、文字的改动分开提交；设置和经办账号的改动也与办理节点分开。这样各由有权的人批准。

    Changes of records and of code, rules or words are made apart, and so are changes of settings or people and of
    proposals: each is approved by those who may.
    """
    if change.asked.kind == MIGRATE:
        return
    both = bool(change.records) and bool(change.outside)
    if both:
        first = change.outside[0]
        yield Spotted(
            at(first),
            Text(
                f"登记册有 {len(change.records)} 个文件，登记册以外有 {len(change.outside)} 个",
                f"{len(change.records)} files of the registry and {len(change.outside)} others",
            ),
            Text("分成两次提交请求", "make two requests of it"),
        )
    powers = [file for file in change.records if changes_powers(change, file.path)]
    proposals = [file for file in change.records if change.parts(file)[0] == "proposals"]
    if powers and proposals:
        yield Spotted(
            at(powers[0]),
            Text(
                f"设置或经办账号与 {len(proposals)} 件建议、提案一起改",
                f"settings or people change together with proposals ({len(proposals)})",
            ),
            Text("先单独提交设置和账号的改动", "change settings and people first, in a request of their own"),
        )


def changes_powers(change: Change, path: str) -> bool:
    """Whether a changed file of the registry changes who may do what: settings, or somebody's people."""
    parts = tuple(path.removeprefix(change.folder).split("/"))
    if parts == ("registry.yaml",):
        return True
    identifier = parts[-1].removesuffix(".yaml")
    return change.base.people_of(identifier) != change.head.people_of(identifier)


@guarded("change-file-kind")
def kinds(change: Change) -> Iterator[Spotted]:
    """不是普通文件 / Not a plain file

    登记册里只有普通文件：没有符号链接、子模块、可执行文件。程序和文字里也没有子模块。

    A registry holds plain files: no symbolic links, no submodules, nothing executable. Code and words have no
    submodules either.
    """
    for file in change.files:
        if file.after is None or file.after.mode == "100644":
            continue
        if file.path.startswith(change.folder) or file.after.mode == "160000":
            what = _MODES.get(file.after.mode, Text(file.after.mode, file.after.mode))
            yield Spotted(
                at(file),
                Text(f"这是{what.zh}", f"this is {what.en}"),
                Text("换成普通文件", "put a plain file here"),
                Text("普通文件（100644）", "a plain file (100644)"),
            )


@guarded("change-file-name")
def file_names(change: Change) -> Iterator[Spotted]:
    """文件名里有看不见的字符 / File name with hidden characters

    文件名里不能有换行、控制字符、改变文字方向的字符，也不能有不是 UTF-8 的字节：人看到的会和机器读到的不一样。

    A file's name holds no line break, no control or bidirectional character and no byte that is not UTF-8: people would
    see another name than machines.
    """
    for file in change.files:
        hidden = sorted({char for char in file.path if unicodedata.category(char) in UNSEEN})
        if file.after is not None and hidden:
            codes = "、".join(f"U+{ord(char):04X}" for char in hidden[:5])
            yield Spotted(
                at(file),
                Text(f"文件名里有 {codes}", f"its name holds {codes}"),
                Text("改成看得见的文件名", "give it a name that can be seen"),
            )


@guarded("record-deleted")
def deleted(change: Change) -> Iterator[Spotted]:
    """删除记录 / Record deleted

    登记过的不能删除。要撤回，由提出人追加撤回节点；要不公开，由办事机构追加不予公开节点。

    What was registered is never deleted. A proposer withdraws with an event, an office withholds with an event.
    """
    moved = {path for path, _ in _moves(change)}
    for file in change.records:
        if file.after is None and file.path not in moved:
            yield Spotted(
                at(file),
                Text("这个文件被删除了", "this file was deleted"),
                Text("恢复这个文件；改用撤回或不予公开节点", "restore it; record withdrawn or withheld instead"),
            )


@guarded("record-moved")
def moved(change: Change) -> Iterator[Spotted]:
    """文件改名或移动 / Record renamed or moved

    文件名就是编号，网址由它而来；登记过的文件不改名、不移动。

    A file's name is its id and its web address: what was registered keeps its name and its folder.
    """
    if change.asked.kind == MIGRATE:
        return
    for old, new in _moves(change):
        file = next(file for file in change.records if file.path == new)
        yield Spotted(
            at(file),
            Text(f"原来在 {old}", f"it was {old}"),
            Text(f"移回 {old}", f"move it back to {old}"),
        )


def _moves(change: Change) -> list[tuple[str, str]]:
    """Old and new path of each file that went away while one with the same id, or the same contents, came."""
    gone = [file for file in change.records if file.after is None]
    came = [file for file in change.records if file.before is None]
    found = []
    for old in gone:
        for new in came:
            same = old.before is not None and new.after is not None and old.before.oid == new.after.oid
            if same or old.path.rpartition("/")[2].casefold() == new.path.rpartition("/")[2].casefold():
                found.append((old.path, new.path))
                break
    return found


@guarded("id-reused")
def reused(change: Change) -> Iterator[Spotted]:
    """编号已经用过 / Id used before

    新的一件不能用已有的编号，只差大小写的也不行：有的电脑分不清，网址也会撞在一起。

    A new record does not take an id that exists, nor one that differs only in the case of its letters: some machines
    cannot tell them apart, and their web addresses would collide.
    """
    gone = {file.path for file in change.records if file.after is None}
    for file in change.records:
        there = change.taken.get(file.path)
        if file.before is None and there is not None and there not in gone:
            identifier = file.path.rpartition("/")[2].removesuffix(".yaml")
            yield Spotted(
                at(file),
                Text(f"编号 {identifier} 已在 {there} 中使用", f"the id {identifier} is used in {there}"),
                Text("换一个新编号", "take a new id"),
            )


@guarded("proposal-folder")
def folders(change: Change) -> Iterator[Spotted]:
    """不在本届次的文件夹里 / Not in its session's folder

    建议、提案放在自己届次的文件夹里；查重编号也按这个文件夹。

    A proposal stands in the folder of its session; numbers are looked up there.
    """
    for pair in change.pairs:
        if pair.after is None or pair.before is not None:
            continue
        parts = tuple(pair.path.removeprefix(change.folder).split("/"))
        if kind_of(parts) == "proposal" and (len(parts) < 3 or parts[1] != pair.after.session):
            yield Spotted(
                pair.after.source.place("session"),
                Text(f"届次是 {pair.after.session}", f"its session is {pair.after.session}"),
                Text("移到届次的文件夹", "move it to the session's folder"),
                Text(
                    f"{change.folder}proposals/{pair.after.session}/",
                    f"{change.folder}proposals/{pair.after.session}/",
                ),
            )


@guarded("import-not-new")
def imports(change: Change) -> Iterator[Spotted]:
    """导入改动了已有的记录 / Import that changes what is there

    批量导入只能新增记录：每件写明来源，每个节点的渠道是批量导入。

    A bulk import only adds records: each names its source, and each event the channel `import`.
    """
    if change.asked.kind != IMPORT:
        return
    for file in change.files:
        if file.before is not None or not file.path.startswith(change.folder):
            yield Spotted(
                at(file),
                Text("导入改动了已有的文件", "the import changes a file that was there"),
                Text("导入只留下新增的文件", "keep only new files in the import"),
            )
    for pair in change.pairs:
        if pair.after and (pair.after.imported is None or any(e.channel != "import" for e in pair.after.events)):
            yield Spotted(
                pair.after.source.place("id"),
                Text("没有写明来源，或者有节点不是导入的", "it lacks a source, or an event was not imported"),
                Text("用 huiyin import 生成；自己写的另行提交", "let huiyin import write it; make others apart"),
            )
