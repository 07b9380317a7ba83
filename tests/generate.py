"""A registry of any size for measuring: realistic Chinese texts, varied words, the same for the same number.

N proposals in ten sessions of one congress, 200 agencies or more, 3,000 members. A text is about 1,000 characters long:
clauses of the demonstration registry from one category and its neighbours, with other figures and places, around a
subject that title, asks and reply share. Places, people and firms are made of some 400 characters, so that many pairs
are rare. Everything is invented.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from huiyin.load.files import FOLDERS
from huiyin.load.registry import schema_line
from huiyin.search import Card, Document

ROOT = Path(__file__).parents[1]
SESSIONS, AGENCIES, MEMBERS = 10, 200, 3_000
LENGTH = 1_000
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦"
    "昌马苗凤花方俞任袁柳"
)
GIVEN = (
    "安柏彬冰波博才昌超朝晨诚承楚传春纯慈聪达丹道德东端恩尔帆芳飞菲丰枫凤福刚高歌庚广桂国海涵翰航浩和荷恒红宏洪鸿厚华怀欢辉慧惠"
    "吉佳嘉坚建健江杰洁捷金锦劲晋京晶景静敬炯娟军俊君凯康可克宽坤兰朗乐雷蕾磊黎力立丽莉廉良亮林琳霖灵玲凌龙露璐伦洛满茂梅美萌"
    "梦敏明铭默楠宁诺培沛鹏平萍璞琪琦启谦强巧钦勤青清晴庆琼秋权泉群然仁荣蓉融柔如瑞睿若森山珊尚韶绍深升生胜圣诗石时世守书舒淑"
    "树爽顺硕思松素泰涛腾天田廷婷通彤万薇维伟卫文雯武希西熙霞夏先贤显祥翔向萧晓孝笑欣新鑫信星兴雄秀旭序轩萱学雪勋雅亚研燕扬阳"
    "瑶耀业叶一伊依怡宜艺亦易毅茵银英迎莹颖永勇友宇雨玉育钰裕元远悦月岳越云允韵泽展章昭哲真振正之知芝志致智中忠众洲竹卓子梓宗祖"
)
PLACES = ("路", "街", "巷", "大道", "村", "镇", "街道", "社区", "小区", "花园", "新村", "里", "河", "桥", "港", "园区")
SUBJECTS = tuple(
    """
    加装电梯 电动自行车充电设施 老旧小区改造 停车泊位 公交线路优化 行人过街设施 校门口交通秩序 课后服务
    学前教育学位 营养午餐 家庭医生签约 基层医疗设备 医保异地结算 社区食堂 居家养老服务 认知症照护
    失能老人护理 残疾人托养 儿童友好设施 婚姻登记服务 河道清淤 黑臭水体治理 雨污分流 内涝积水点
    二次供水设施 节水灌溉 高标准农田 农村公路养护 秸秆综合利用 农产品冷链 垃圾分类驿站 建筑垃圾消纳
    餐饮油烟 施工噪声 扬尘管控 古树名木保护 湿地修复 绿道建设 口袋公园 公共厕所 消防通道
    高层住宅消防设施 燃气管道更新 危险化学品运输 食品小作坊 网络餐饮监管 反电信诈骗 校园欺凌 禁毒宣传
    应急避难场所 小微企业融资 拖欠账款 营商环境 招投标监管 知识产权保护 高校毕业生就业 职业技能培训
    零工市场 工伤认定 欠薪治理 图书馆分馆 全民健身设施 非物质文化遗产 历史街区保护 乡村旅游
    体育场馆开放 基层减负 政务大厅延时服务 一网通办 村务公开 法律援助 调解组织 物业服务收费 业主委员会
    住宅维修资金 公共收益 房屋安全鉴定 保障性租赁住房 城市更新 地下管廊
    """.split()  # noqa: SIM905 (words read better so)
)
REMARKS = ("不足", "跟不上", "缺少统一标准", "群众反映较多", "有了进展")
ACTIONS = ("加强", "推进", "规范", "完善", "加快", "解决", "改进", "支持", "统筹")
QUERIES = tuple(
    """
    加装电梯 电动自行车充电 老旧小区 停车 养老 消防通道 内涝积水 营养午餐 课后服务 家庭医生 拖欠账款
    零工市场 古树名木 公共收益 基层减负 二次供水 秸秆 反电信诈骗 业主委员会 湿地修复
    """.split()  # noqa: SIM905 (words read better so)
)
"""Twenty queries: words from titles and texts, two to seven characters long."""


@cache
def clauses() -> dict[str, tuple[str, ...]]:
    """Return sentences of the demonstration registry by category, with `#` for each digit but those of years."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "registry" / "proposals").rglob("*.yaml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        category = next(line.partition(": ")[2] for line in lines if line.startswith("category:"))
        for line in lines:
            if len(line) > 24 and re.search("[一-鿿]{6}", line) and not line.startswith(("#", "title")):
                said = line.strip().partition(": ")[2] or line.strip()
                found.setdefault(category, []).extend(
                    re.sub(r"(?<!\d)20\d\d(?=年)|\d", lambda found: found[0] if len(found[0]) > 1 else "#", part)
                    for part in re.findall(r"[^。；]{8,}[。；]", said)
                )
    return {category: tuple(sorted(set(parts))) for category, parts in found.items()}


def agency(number: int) -> str:
    """Return the id of an agency."""
    return f"a-{number:03}"


def member(number: int) -> str:
    """Return the id of a member."""
    return f"m-{number:04}"


@cache
def names(agencies: int = AGENCIES) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of members and of agencies."""
    dice = random.Random(1)  # noqa: S311 (the same on every run)
    people = tuple(
        dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2)))) for _ in range(MEMBERS)
    )
    kinds = ("局", "办公室", "管理中心", "街道办事处", "区政府")
    offices = tuple("市" + "".join(dice.choices(GIVEN, k=2)) + kinds[number % len(kinds)] for number in range(agencies))
    return people, offices


def place(dice: random.Random) -> str:
    """Return the name of some place."""
    return "".join(dice.choices(GIVEN, k=2)) + dice.choice(PLACES)


def _text(dice: random.Random, category: str, subject: str, length: int) -> str:
    """Return sentences of about `length` characters: most from the category, some about the subject or a place."""
    pool, others = clauses()[category], clauses()
    parts: list[str] = []
    left = length
    while left > 0:
        if (draw := dice.random()) < 0.12:
            part = f"{place(dice)}的{subject}{dice.choice(REMARKS)}。"
        else:
            source = pool if draw < 0.8 else others[dice.choice(tuple(others))]
            part = re.sub("#", lambda _: dice.choice("0123456789"), dice.choice(source))
            if dice.random() < 0.4:
                part = f"{place(dice)}{dice.choice(('和', '、', '至', '一带，'))}{place(dice)}，{part}"
        parts.append(part)
        left -= len(part)
    return "".join(parts)


def record(number: int, count: int, agencies: int = AGENCIES) -> dict[str, Any]:
    """Return proposal `number` of `count`, with 4 to 12 events, as it stands in a file."""
    dice = random.Random(number)  # noqa: S311 (the same on every run)
    session = number * SESSIONS // count
    within = number - session * count // SESSIONS
    year = 2017 + session
    category, subject = dice.choice(sorted(clauses())), dice.choice(SUBJECTS)
    first = date(year, 1, 8) + timedelta(days=dice.randrange(20))
    lead, co = (agency(one) for one in dice.sample(range(agencies), 2))
    proposers = [member(one) for one in dice.sample(range(MEMBERS), dice.choice((1, 1, 1, 2, 5)))]
    asks = [{"id": f"q{one}", "text": _text(dice, category, subject, 30), "agency": lead} for one in (1, 2)]
    digits = "0123456789abcdefghjkmnpqrstvwxyz"
    code = "".join(digits[(number >> shift) & 31] for shift in range(20, -1, -5))
    evidence = {"claim": _text(dice, category, subject, 20), "figure": f"{dice.randrange(3, 90)}%"}
    evidence |= {"comparison": f"上年为 {dice.randrange(3, 90)}%", "source": "统计公报"} if dice.random() < 0.8 else {}
    return {
        "id": f"{year}-{code}",
        "kind": "suggestion",
        "session": f"npc-17-{session + 1}",
        "title": f"关于{dice.choice(ACTIONS)}{place(dice)}{subject}的建议",
        "category": category,
        "proposers": proposers,
        "situation": _text(dice, category, subject, 250),
        "analysis": _text(dice, category, subject, 160),
        "evidence": [evidence],
        "asks": asks,
        "events": list(_events(dice, (first, within + 1), (lead, co), proposers[0], (category, subject))),
    }


def _events(
    dice: random.Random, start: tuple[date, int], agencies: tuple[str, str], proposer: str, about: tuple[str, str]
) -> Iterator[dict[str, Any]]:
    (day, number), (lead, co) = start, agencies
    steps: list[dict[str, Any]] = [
        {"type": "submitted", "by": proposer},
        {"type": "accepted", "by": "o-npc", "number": f"{number:04}"},
        {"type": "assigned", "by": "o-npc", "lead": lead, "co": [co], "complexity": "ordinary"},
        {"type": "signed_for", "by": lead},
    ]
    more = dice.randrange(9)
    if more > 0:
        answers = [{"ask": f"q{one}", "text": _text(dice, *about, 40), "class": "resolved"} for one in (1, 2)]
        contacts = [
            {"type": "contacted", "by": lead, "how": "visit", "phase": "during", "text": _text(dice, *about, 60)}
            for _ in range(max(0, more - 4))
        ]
        if more > 1:
            contacts.append({"type": "co_opinion", "by": co, "text": _text(dice, *about, 40)})
        letter = {"number": f"望办函〔{day.year}〕{number}号"}
        text = _text(dice, *about, LENGTH - 450 - 60 * len(contacts) - 80)
        steps += [*contacts, {"type": "replied", "by": lead, "document": letter, "class": "resolved", "letter": "A"}]
        steps[-1] |= {"text": text, "answers": answers}
    if more > 2:
        steps.append({"type": "rated", "by": proposer, "event": "", "about": "reply"})
        steps[-1] |= {"attitude": "satisfied", "result": "satisfied"}
    if more > 3:
        steps.append({"type": "closed", "by": "o-npc", "text": "代表对答复满意，办结。"})
    for place_, step in enumerate(steps, start=1):
        if "event" in step:
            step["event"] = f"e{place_ - 1}"
        yield {"id": f"e{place_}", "type": step.pop("type"), "on": day.isoformat(), **step}
        day += timedelta(days=dice.randrange(2, 9))


def documents(count: int) -> Iterator[Document]:
    """Yield what search makes of the proposals, without the way over files."""
    people, offices = names()
    for number in range(count):
        made = record(number, count)
        official, lead = made["events"][1]["number"], made["asks"][0]["agency"]
        who = [people[int(one[2:])] for one in made["proposers"]]
        said = [made["situation"], made["analysis"], *(ask["text"] for ask in made["asks"])]
        for event in made["events"]:
            said += [event.get("document", {}).get("number", ""), event.get("text", "")]
            said += [answer["text"] for answer in event.get("answers", ())]
        yield Document(
            id=made["id"],
            session=made["session"],
            url=f"p/{made['id']}/",
            number=f"第 {official} 号建议",
            title=made["title"],
            names="，".join([*who, offices[int(lead[2:])], official, official.lstrip("0"), made["id"]]),
            text="\n".join(filter(None, said)),
            date=date.fromisoformat(made["events"][0]["on"]),
            facets={
                "kind": (made["kind"],),
                "session": (made["session"],),
                "state": (STATES[made["events"][-1]["type"]],),
                "category": (made["category"],),
                "agency": (lead,),
            },
            card=Card(
                ("open", "◐", "正在办理"),
                f"现在轮到 {offices[int(lead[2:])]}：作出答复",
                ("plain", "○", f"还有 {number % 90} 天"),
            ),
            due=date.fromisoformat(made["events"][0]["on"]) + timedelta(days=120),
        )


STATES = {"signed_for": "consulting", "replied": "replied", "rated": "rated", "closed": "closed"}


def write_registry(folder: Path, count: int, agencies: int = AGENCIES) -> None:
    """Write a registry of `count` proposals into a new folder."""
    shutil.copytree(
        ROOT / "registry",
        folder,
        ignore=shutil.ignore_patterns(*FOLDERS),
    )
    people, offices = names(agencies)
    _write(
        folder / "registry.yaml", (folder / "registry.yaml").read_text(encoding="utf-8").partition("\n")[2], "registry"
    )
    for number in range(SESSIONS):
        body = {"id": f"npc-17-{number + 1}", "body": "npc", "term": 17, "number": number + 1}
        body["title"] = {"zh": f"市十七届人大{number + 1}次会议", "en": f"Session {number + 1}"}
        body |= {"opened": f"{2017 + number}-01-08", "closed": f"{2017 + number}-01-28"}
        _write(folder / "sessions" / f"{body['id']}.yaml", body, "session")
    for number, name in enumerate(offices):
        _write(
            folder / "agencies" / f"{agency(number)}.yaml",
            {"id": agency(number), "name": name, "level": "city"},
            "agency",
        )
    for number, name in enumerate(people):
        body = {"id": member(number), "name": name, "body": "npc", "terms": [17]}
        _write(folder / "members" / f"{number // 1000:03}" / f"{body['id']}.yaml", body, "member")
    for number in range(count):
        made = record(number, count, agencies)
        events = made.pop("events")
        made["status"] = STATES[events[-1]["type"]]
        target = folder / "proposals" / made["session"] / f"{number // 900:04}" / f"{made['id']}.yaml"
        _write(target, {**made, "disclosure": {"level": "full"}, "events": events}, "proposal")


def _write(path: Path, body: dict[str, Any] | str, kind: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    line = schema_line(path, ROOT / "schema" / f"{kind}.schema.json")
    path.write_text(
        line + "\n" + (body if isinstance(body, str) else "\n".join(_yaml(body, 0)) + "\n"), encoding="utf-8"
    )


def _yaml(body: Any, depth: int) -> Iterator[str]:
    """Yield the lines of a mapping or a list in YAML; texts as JSON strings, which are YAML too."""
    indent = "  " * depth
    for key, value in body.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{indent}{key}:"
            for item in value:
                first, *rest = _yaml(item, depth + 2)
                yield f"{indent}  - {first.strip()}"
                yield from rest
        elif isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _yaml(value, depth + 1)
        elif key in ("on", "opened", "closed"):
            yield f"{indent}{key}: {value}"
        else:
            yield f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}"
