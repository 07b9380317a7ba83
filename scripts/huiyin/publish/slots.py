"""What fills the slots of a shell for a page: text escaped, links relative, data that no text can break out of."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from huiyin.export.rows import Scope
from huiyin.follow import alternates, links
from huiyin.publish.page import Draft, Page
from huiyin.stamp import way_up


def slots(draft: Draft, page: Page, scope: Scope, address: str) -> dict[str, str]:
    """Return the HTML for each slot; `address` is the site's, with a slash at its end."""
    up = way_up(page.path)
    return {
        "title": escape(page.title),
        "description": escape(" ".join(page.description.split())),
        "canonical": escape(address + page.path),
        "base": up,
        "edit": escape(page.edit or ""),
        "crumbs": _crumbs(page, up),
        "article": page.article,
        "data": _data(page, address),
        "links": _links(draft, page, scope, address),
    }


def _crumbs(page: Page, up: str) -> str:
    if not page.crumbs:
        return ""
    parts = [
        f'<a href="{up}/{escape(path)}">{escape(title)}</a>' if path is not None else escape(title)
        for title, path in page.crumbs
    ]
    return f'<nav class="hy-crumbs" aria-label="位置">{" › ".join(parts)}</nav>\n'


def _links(draft: Draft, page: Page, scope: Scope, address: str) -> str:
    up = way_up(page.path)
    lines = [] if draft.indexed or not page.path else ['<meta name="robots" content="noindex,follow">']
    lines += [f'<link rel="{escape(relation)}" href="{up}/{escape(path)}">' for relation, path in page.links]
    told = {
        "title": page.title,
        "description": " ".join(page.description.split()),
        "type": "article" if draft.kind == "p" else "website",
        "url": address + page.path,
        "image": f"{address}assets/cards/{_card(draft)}.png",
        "locale": "zh_CN",
    }
    lines += [f'<meta property="og:{name}" content="{escape(value)}">' for name, value in told.items()]
    lines.append(links(alternates(scope, page.path), up))
    return "\n".join(lines)


def _card(draft: Draft) -> str:
    """Return which picture stands for a page where its address is shared: one a type of page."""
    if draft.kind in ("a", "m", "g"):
        return "who"
    if draft.kind in ("report", "figures-by") or draft.path.startswith("figures/"):
        return "figures"
    return "proposal" if draft.kind == "p" else "registry"


def _data(page: Page, address: str) -> str:
    """JSON-LD: the page's own data, and its crumbs."""
    graph: list[dict[str, Any]] = []
    if page.data:
        graph.append({**page.data, "url": address + page.path})
    if page.crumbs:
        steps = [(title, path) for title, path in page.crumbs if path is not None]
        items = [
            {"@type": "ListItem", "position": place, "name": title, "item": address + path}
            for place, (title, path) in enumerate([*steps, (page.title, page.path)], start=1)
        ]
        graph.append({"@type": "BreadcrumbList", "itemListElement": items})
    if not graph:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{safe}</script>'
