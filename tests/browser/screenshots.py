"""Take a picture of each page type, desktop and phone, light and dark, into build/screenshots."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import INSTALL, browser, find, served  # noqa: E402
from tests.browser.pages import PAGES  # noqa: E402

VIEWS = {"desktop": (1200, 900), "phone": (390, 844)}


def main(wanted: list[str]) -> int:
    """Take the pictures of the pages named, or of all; return an exit code."""
    if find() is None:
        print(f"No Chromium found. Install it: {INSTALL}")  # noqa: T201
        return 2
    site, target = ROOT / "build/site", ROOT / "build/screenshots"
    target.mkdir(parents=True, exist_ok=True)
    with served(site) as address, browser() as chromium:
        for view, (width, height) in VIEWS.items():
            for scheme in ("light", "dark"):
                context = chromium.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN"
                )
                page = context.new_page()
                for name, path in PAGES.items():
                    if wanted and name not in wanted:
                        continue
                    page.goto(address + path)
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=str(target / f"{name}-{view}-{scheme}.png"), full_page=True)
                context.close()
    print(f"Pictures are in {target.relative_to(ROOT)}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
