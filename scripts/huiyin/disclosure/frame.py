"""What a projection says of itself: its settings, and who stands for proposers that asked for confidentiality. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.disclosure.audience import AUDIENCES, DisclosureError
from huiyin.disclosure.record import Projector

Data = Mapping[str, Any]
NOBODY = "m-confidential-"
"""With the id of a body behind it: the member that stands for all of its members who asked for confidentiality."""


def demand_audience(audience: str) -> None:
    """Raise DisclosureError for a level that does not exist."""
    if audience not in AUDIENCES:
        raise DisclosureError(
            f"没有 {audience!r} 这一级；只有 {'、'.join(AUDIENCES)}",
            f"there is no audience {audience!r}; only {', '.join(AUDIENCES)}",
        )


def row_of(registry: Data, audience: str) -> Data:
    """Return the row of `projections` for an audience; raises DisclosureError where no projection may be made."""
    if "projection" in registry:
        raise DisclosureError(
            "这里已经是一份投影；投影只能从内部登记册生成",
            "this is a projection itself; projections are made from the private registry",
        )
    if registry["intake"] != "private":
        raise DisclosureError(
            "registry.yaml 写的是 intake: open，提交即公开，没有可以投影的内部内容",
            "registry.yaml says intake: open: everything is public at once, and there is nothing private to project",
        )
    row: Data | None = next((row for row in registry.get("projections", ()) if row["audience"] == audience), None)
    if row is None:
        raise DisclosureError(
            f"registry.yaml 的 projections 里没有 {audience}；请维护者先写上给谁、网站在哪里",
            f"`projections` in registry.yaml has no {audience}; a maintainer says for whom it is and where its site is",
        )
    return row


def settings(registry: Data, projector: Projector) -> dict[str, Any]:
    """Return `registry.yaml` of a projection: its own addresses, never those of the private registry."""
    row = row_of(registry, projector.audience)
    shown = projector.record("registry", registry)
    shown["site"] = {key: row[key] for key in ("address", "repository") if key in row}
    shown["projection"] = {key: row[key] for key in ("audience", "key") if key in row}
    return shown


def placeholders(registry: Data) -> dict[str, dict[str, Any]]:
    """Return, by id, the members that stand for those who asked for confidentiality: one for each body."""
    return {
        f"{NOBODY}{body['id']}": {"id": f"{NOBODY}{body['id']}", "name": "应本人要求不公开", "body": body["id"]}
        for body in registry["bodies"]
    }
