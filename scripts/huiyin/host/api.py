"""The API of a GitHub-compatible host: the only module that talks to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib import error, parse, request

from huiyin.findings import Text

PAGE = 100
"""Rows that are asked for at once."""
MOST_PAGES = 50
LARGEST = 8 * 1024 * 1024
"""Bytes that one answer may have."""
SECONDS = 30


class HostError(Exception):
    """The host does not answer as it should; `words` say what was asked for and what came back."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Text(zh, en)


class _Stay(request.HTTPRedirectHandler):
    """Does not follow redirects: they lead to other machines, which the token is none of the business of."""

    def redirect_request(self, *_: Any) -> None:
        """Return nothing, so that the answer itself comes back."""
        return


@dataclass(frozen=True)
class Host:
    """One repository on a host."""

    api: str
    repository: str
    token: str = field(repr=False)

    def get(self, path: str, **query: str) -> Any:
        """Return what is at `path` below the repository; raises HostError."""
        return self._json("GET", path, None, query)

    def rows(self, path: str, key: str | None = None, **query: str) -> Iterator[Any]:
        """Yield all rows of a list, page after page; `key` is where it stands in the answer. Raises HostError."""
        for page in range(1, MOST_PAGES + 1):
            answer = self.get(path, **query, per_page=str(PAGE), page=str(page))
            rows = answer[key] if key else answer
            yield from rows
            if len(rows) < PAGE:
                return

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Make something new; raises HostError."""
        return self._json("POST", path, body, {})

    def patch(self, path: str, body: Mapping[str, Any]) -> Any:
        """Change something; raises HostError."""
        return self._json("PATCH", path, body, {})

    @property
    def _base(self) -> str:
        return f"{self.api.rstrip('/')}/repos/{self.repository}"

    def _json(self, method: str, path: str, body: Mapping[str, Any] | None, query: Mapping[str, str]) -> Any:
        address = f"{self._base}/{path}" + (f"?{parse.urlencode(query)}" if query else "")
        raw = self._send(self._request(method, address, body))
        try:
            return json.loads(raw)
        except ValueError:
            raise HostError(f"{path}：回答不是 JSON", f"{path}: the answer is not JSON") from None

    def _request(self, method: str, address: str, body: Mapping[str, Any] | None) -> request.Request:
        if not address.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise HostError("接口地址要以 https:// 开头", "the address of the API begins with https://")
        headers = {"Accept": "application/vnd.github+json", "Authorization": f"Bearer {self.token}"}
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            headers["Content-Type"] = "application/json"
        return request.Request(address, data, headers, method=method)  # noqa: S310 (https, or this machine)

    def _send(self, asked: request.Request) -> bytes:
        try:
            with request.build_opener(_Stay).open(asked, timeout=SECONDS) as answer:
                raw: bytes = answer.read(LARGEST + 1)
        except error.HTTPError as refused:
            what = f"{asked.get_method()} {parse.urlsplit(asked.full_url).path}"
            raise HostError(
                f"{what}：代码托管平台答 {refused.code}", f"{what}: the host answers {refused.code}"
            ) from None
        except OSError as failed:
            why = getattr(failed, "reason", None) or failed
            raise HostError(f"连不上代码托管平台：{why}", f"the host cannot be reached: {why}") from None
        if len(raw) > LARGEST:
            raise HostError(f"回答超过 {LARGEST:,} 字节", f"the answer has more than {LARGEST:,} bytes")
        return raw
