"""The classes of personal data that are looked for."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from huiyin.findings import Text


class Kind(Enum):
    """A class of personal data, by the word that stands for it in data.

    `sure` classes are never needed in a registry: taking one out costs the reader nothing. A number of a landline may
    be an office's and a name may be meant to be read, so that a person has to decide.
    """

    IDENTITY = "identity"
    CARD = "card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    MAIL = "mail"
    TRAVEL = "travel"
    PLATE = "plate"
    ADDRESS = "address"
    NAME = "name"

    @property
    def words(self) -> Text:
        """What the class is called."""
        return _WORDS[self]

    @property
    def sure(self) -> bool:
        """Whether it may never stay."""
        return self not in (Kind.LANDLINE, Kind.NAME)


_WORDS = {
    Kind.IDENTITY: Text("身份证号码", "identity-card number"),
    Kind.CARD: Text("银行卡号", "bank-card number"),
    Kind.MOBILE: Text("手机号码", "mobile number"),
    Kind.LANDLINE: Text("固定电话号码", "landline number"),
    Kind.MAIL: Text("电子邮箱", "e-mail address"),
    Kind.TRAVEL: Text("出入境证件号码", "number of a passport or permit"),
    Kind.PLATE: Text("机动车号牌", "vehicle plate"),
    Kind.ADDRESS: Text("住宅门牌", "address of a dwelling"),
    Kind.NAME: Text("当事人姓名", "name of a person concerned"),
}


class Piece(NamedTuple):
    """A stretch of a text, from `start` up to `end`, and what it is."""

    start: int
    end: int
    kind: Kind
