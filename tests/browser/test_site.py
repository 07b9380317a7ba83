"""What readers do on the site, in a real browser."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_english import SHIFT


def test_search_finds_a_word_from_the_middle_of_a_title(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("搜索建议、提案的标题和正文").fill("过街设施")
    page.get_by_role("button", name="查询").click()
    first = page.locator(".hy-hits li").first
    expect(first).to_contain_text("关于在沿江大道增设行人二次过街设施的建议")


def test_search_finds_a_word_from_the_middle_of_a_text(page: Page, address: str) -> None:
    page.goto(f"{address}browse/?q=逐户测算")
    found = page.locator(".hy-hits li").filter(has_text="关于统一老旧小区改造标准")
    expect(found.first).to_be_attached()


def test_a_proposal_says_in_one_sentence_whose_turn_it_is_and_how_its_day_was_counted(page: Page, address: str) -> None:
    page.goto(f"{address}p/2026-k7f2q/")
    expect(page.locator(".hy-turn__who")).to_have_text("现在轮到 市教育局：答复")
    expect(page.locator(".hy-turn__due")).to_contain_text("还有 10 天")
    count = page.locator(".hy-count")
    expect(count).to_contain_text("2026年8月28日交办，当日不计")
    expect(count).to_contain_text("第五十一条第二款")
    expect(count).to_contain_text("11月28日至29日为周末，顺延至首个工作日2026年11月30日")


def test_asks_stand_beside_their_answers_and_an_unanswered_one_is_visibly_empty(page: Page, address: str) -> None:
    page.goto(f"{address}p/2026-g9n6a/")
    asks = page.locator(".hy-ask")
    expect(asks).to_have_count(4)
    expect(asks.nth(3)).to_contain_text("▲ 尚无回应")
    expect(asks.nth(0)).to_contain_text("答复")


def test_a_merged_proposal_leads_to_its_partner(page: Page, address: str) -> None:
    page.goto(f"{address}p/2025-w8q4d/")
    page.locator(".hy-aside").get_by_role("link", name="关于统一老旧小区改造标准").first.click()
    expect(page).to_have_url(f"{address}p/2025-h3v7n/")


def test_the_edit_link_leads_to_the_file_of_the_proposal(page: Page, address: str) -> None:
    page.goto(f"{address}p/2026-k7f2q/")
    link = page.get_by_role("link", name="在仓库中查看和更正原文件")
    assert str(link.get_attribute("href")).endswith("/edit/main/registry/proposals/npc-17-5/2026-k7f2q.yaml")


@pytest.mark.parametrize("path", ["", "p/2026-k7f2q/", "browse/", "due/", "guide/deadlines/"])
def test_nothing_moves_once_it_is_painted(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) < 0.01


def test_reading_works_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name="按届次、类别和单位查找").click()
    page.get_by_role("link", name="市十七届人大五次会议").first.click()
    page.get_by_role("link", name="关于在沿江大道增设行人二次过街设施的建议").click()
    expect(page.locator(".hy-turn__who")).to_contain_text("市交警支队")
    context.close()


def test_the_keyboard_reaches_the_count_of_a_deadline(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}p/2025-h3v7n/")
    summary = page.locator(".hy-count summary")
    for _ in range(60):
        page.keyboard.press("Tab")
        if summary.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".hy-count ol")).to_be_visible()
    context.close()


def test_a_page_refuses_what_its_policy_does_not_allow(browser: Browser, address: str, complaints: list[str]) -> None:
    page = browser.new_page()
    page.goto(address)
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.hurt = true";
          document.body.append(script);
          const picture = new Image();
          picture.src = "https://example.org/picture.png";
        }"""
    )
    page.wait_for_function("performance.now() > 0")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_timeout(200)
    refused = {line.split()[1] for line in complaints if line.startswith("policy: ")}
    complaints.clear()
    assert refused == {"script-src-elem", "img-src"}


@pytest.mark.parametrize("path", ["", "p/2026-k7f2q/", "a/a-housing/", "guide/readers/"])
def test_every_page_has_a_strict_policy_and_can_be_shared_with_a_picture(site: Path, path: str) -> None:
    html = (site / path / "index.html").read_text(encoding="utf-8")
    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', html)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    if path.startswith("guide/"):
        return
    [picture] = re.findall(r'<meta property="og:image" content="https://huiyin.example/([^"]+)">', html)
    assert (site / picture).is_file()
    assert f'<meta property="og:url" content="https://huiyin.example/{path}">' in html


def test_a_table_by_agency_can_be_narrowed_and_ordered_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + "figures/by-agency/")
    rows = page.locator("tbody tr")
    before = rows.all_inner_texts()
    page.get_by_label("只看名称含有").fill("教育")
    expect(page.locator("tbody tr:visible")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="1 行")).to_be_visible()
    page.get_by_label("只看名称含有").fill("")
    heads = page.locator("thead th")
    button = page.get_by_role("button", name="按“交办”排列")
    button.focus()
    page.keyboard.press("Enter")
    expect(heads.nth(3)).to_have_attribute("aria-sort", "descending")
    counts = [int(row.locator("td").nth(2).inner_text()) for row in rows.all()]
    assert counts == sorted(counts, reverse=True) != [int(row.split("\t")[3]) for row in before]
    page.keyboard.press("Enter")
    expect(heads.nth(3)).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")
    assert rows.all_inner_texts() == before


def test_the_first_tab_stop_leads_past_the_header(page: Page, address: str) -> None:
    for path in ("", "p/2026-k7f2q/", "rules/event-order/"):
        page.goto(address + path)
        page.keyboard.press("Tab")
        link = page.get_by_role("link", name="跳转至正文")
        expect(link).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#hy-text")).to_be_focused()


def test_paper_says_which_proposal_it_is_and_leaves_the_navigation_out(page: Page, address: str) -> None:
    page.goto(address + "p/2026-x8h4r/")
    page.emulate_media(media="print")
    told = page.locator(".hy-printed")
    expect(told).to_be_visible()
    for part in ("第 0036 号建议", "2026-x8h4r", "https://huiyin.example/p/2026-x8h4r/", "2026-11-20"):
        expect(told).to_contain_text(part)
    expect(page.locator(".hy-turn")).to_be_visible()
    for gone in (".hy-header", ".hy-crumbs", ".hy-follow"):
        expect(page.locator(gone).first).to_be_hidden()


@pytest.mark.parametrize("path", ["", "p/2026-k7f2q/", "browse/", "guide/members/"])
def test_all_files_of_a_first_view_take_110_kb_zipped(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    loaded: dict[str, bytes] = {}
    page.on("response", lambda answer: loaded.setdefault(answer.url, answer.body()))
    page.goto(address + path, wait_until="networkidle")
    context.close()
    assert len(loaded) > 5
    sizes = {url: len(gzip.compress(body)) for url, body in loaded.items()}
    assert sum(sizes.values()) <= 110_000, sizes
