"""Whether whoever acts is entitled to: roles of the base, on the day of landing."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.checks import Spotted
from huiyin.findings import Text
from huiyin.guard.change import CHANGE, IMPORT, Change, at, guarded, names
from huiyin.guard.files import changes_powers
from huiyin.guard.research import theirs
from huiyin.load.files import FOLDERS, kept_aside
from huiyin.model import Event


@guarded("actor-unknown")
def unknown(change: Change) -> Iterator[Spotted]:
    """不认识的账号 / Unknown account

    提交人的账号编号不在任何名单里。只认托管平台给的编号，不认提交里写的姓名和邮箱，也不认机器人账号。

    The number of the acting account is in no list. Only the host's number counts, not the name and e-mail address that
    a commit states, and no bot is in a list.
    """
    who = change.asked.actor
    if change.files and not change.known(who):
        yield Spotted(
            at(change.files[0]),
            Text(f"账号 {who} 不在主线的任何名单里", f"the account {who} is in none of the base's lists"),
            Text(
                "请所属单位在名单里登记这个账号，由维护者批准；或者请办事机构代录",
                "have it listed for its office or agency, which a maintainer approves, or let an office record it",
            ),
        )


@guarded("actor-expired")
def expired(change: Change) -> Iterator[Spotted]:
    """账号当天无效 / Account not valid on the day

    账号在名单里，但在合入当天还没有开始或者已经截止。

    The account is in a list, but on the day of landing its time has not begun, or is over.
    """
    who, day = change.asked.actor, change.asked.day
    rows = dict(change.accounts.get(who, ()))
    may = change.may(who)
    for pair in change.pairs:
        for n, event in pair.added:
            recorder = event.recorded_by or event.by
            person = rows.get(recorder)
            if change.asked.kind == CHANGE and person and recorder not in may and pair.after:
                name = change.base.name_of(recorder)
                until = f"{person.start} 至 {person.until or '今'}", f"{person.start} to {person.until or 'now'}"
                yield Spotted(
                    pair.after.source.place("events", n, "recorded_by" if event.recorded_by else "by"),
                    Text(
                        f"{person.handle}（{who}）在 {day} 不能替{name}登记",
                        f"{person.handle} ({who}) may not record for {name} on {day}",
                    ),
                    Text("请在任的账号提交，或者先更新名单", "let a current account submit it, or renew the list"),
                    Text(f"有效期 {until[0]}", f"valid {until[1]}"),
                )


@guarded("actor-not-entitled")
def not_entitled(change: Change) -> Iterator[Spotted]:
    """不能替别人登记 / Not theirs to record

    节点只能由行为人自己的账号登记，或者由写在 recorded_by 里的办事机构登记。承办单位不能替别的单位、替代表委员登记。

    An event is recorded by an account of whose act it is, or of the office that `recorded_by` names. An agency records
    neither for another agency nor for a proposer.
    """
    who = change.asked.actor
    if change.asked.kind != CHANGE or not change.known(who):
        return
    rows, may = dict(change.accounts.get(who, ())), change.may(who)
    for pair in change.pairs:
        for n, event in pair.added:
            recorder = event.recorded_by or event.by
            if pair.after and recorder not in may and recorder not in rows:
                mine = names(change.base, tuple(sorted(may)))
                yield Spotted(
                    pair.after.source.place("events", n, "recorded_by" if event.recorded_by else "by"),
                    Text(
                        f"{change.name_of(who)}不能替{change.base.name_of(recorder)}登记 {event.type}",
                        f"{change.name_of(who)} may not record {event.type} for {change.base.name_of(recorder)}",
                    ),
                    Text(
                        "由对方的账号提交；办事机构代录的写 recorded_by 和渠道",
                        "let their account submit it; an office that records for them says recorded_by and channel",
                    ),
                    Text(f"可以替这些登记：{mine.zh or '（没有）'}", f"may record for: {mine.en or '(nobody)'}"),
                )


@guarded("record-not-theirs")
def nouns(change: Change) -> Iterator[Spotted]:
    """无权改这个文件 / Not theirs to change

    代表委员、团体、承办单位、届次、重点议题、政策、公众评分、范例由办事机构或维护者改；没有新节点、只动写法的改动也一样。
    调研由做调研的代表、委员、团体自己也可以改，被要数据的单位可以登记自己的答复。

    Members, groups, agencies, sessions, topics, policies, scores and exemplars are changed by offices or maintainers,
    and so are files of proposals to which a change adds nothing. Research may be changed by whose it is, too, and
    agencies record their own answers to what they were asked for.
    """
    who = change.asked.actor
    if not change.known(who) or change.maintains(who) or set(change.base.settings.offices) & change.may(who):
        return
    silent = {pair.path for pair in change.pairs if pair.before and pair.before == pair.after}
    for file in change.records:
        holds = change.parts(file)[0] in FOLDERS.keys() - {"proposals"}
        if change.parts(file)[0] == "research" and theirs(change, file.path.rpartition("/")[2].removesuffix(".yaml")):
            continue
        if (holds and not changes_powers(change, file.path)) or file.path in silent:
            yield Spotted(
                at(file),
                Text(f"{change.name_of(who)}不能改这个文件", f"{change.name_of(who)} may not change it"),
                Text("请办事机构或维护者提交", "let an office or a maintainer submit it"),
            )


@guarded("maintainers-only")
def maintainers(change: Change) -> Iterator[Spotted]:
    """只能由维护者改 / For maintainers only

    设置、经办账号、规则、数据格式、程序、工作流和网站文字，只能由维护者改。名单以主线为准：刚写进去的不算。

    Settings, people, rules, schemas, code, workflows and the words of the site are for maintainers. The base says who
    they are: being written in by the same change does not count.
    """
    who = change.asked.actor
    if not change.known(who) or change.maintains(who):
        return
    for file in change.files:
        inside = file.path.startswith(change.folder)
        if not inside or kept_aside(change.parts(file)) or changes_powers(change, file.path):
            yield Spotted(
                at(file),
                Text(f"{change.name_of(who)}不是维护者", f"{change.name_of(who)} is not a maintainer"),
                Text("请维护者提交", "let a maintainer submit it"),
            )


@guarded("import-unmarked")
def unmarked(change: Change) -> Iterator[Spotted]:
    """普通改动里有导入的节点 / Imported events in an ordinary change

    渠道写批量导入的节点不用写补录原因，所以只能作为导入步骤合入，由维护者和办事机构一起批准；日期不详的也一样。

    Events with the channel `import` need no reason for being late, so they land only as a step marked as an import,
    which a maintainer and a body's office approve. The same holds for events without a day.
    """
    if change.asked.kind != CHANGE:
        return
    for pair in change.pairs:
        for n, event in pair.added:
            if pair.after and _past(event):
                key = "channel" if event.channel == "import" else "undated"
                yield Spotted(
                    pair.after.source.place("events", n, key),
                    Text("这个节点写成了导入的往年记录", "this event is written as an imported record"),
                    Text(
                        "写实际的渠道和日期；确是导入的，作为导入步骤提交",
                        "say the real channel and day; land real imports as such",
                    ),
                )


def _past(event: Event) -> bool:
    return event.channel == IMPORT or (event.undated is not None and event.late_entry is None)
