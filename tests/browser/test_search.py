"""The search box and the page of results, in a real browser."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.built import ROOT

CROSSING = "关于在沿江大道增设行人二次过街设施的建议"


def test_a_key_leads_to_the_box_and_arrows_and_enter_to_a_result(page: Page, address: str) -> None:
    page.goto(f"{address}guide/")
    page.keyboard.press("s")
    box = page.locator("#hy-find")
    expect(box).to_be_focused()
    page.keyboard.type("过街设施")
    options = page.locator("#hy-options [role=option]")
    expect(options.first).to_contain_text(CROSSING)
    expect(options.first.locator("mark")).to_have_text("过街设施")
    expect(page.locator("#hy-found [role=status]")).to_have_text(re.compile(r"找到 \d+ 件"))
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "hy-option-0")
    page.keyboard.press("Escape")
    expect(page.locator("#hy-found")).to_be_hidden()
    page.keyboard.type(" ")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(CROSSING)


def test_a_slash_does_not_leave_a_field_in_which_one_types(page: Page, address: str) -> None:
    page.goto(f"{address}browse/")
    page.locator("#hy-q").focus()
    page.keyboard.type("a/s")
    expect(page.locator("#hy-q")).to_have_value("a/s")


def test_enter_without_a_choice_leads_to_all_results(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("老旧小区")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}browse/?q={quote('老旧小区')}")
    expect(page.locator("[data-hy-results] [role=status]")).to_have_text(re.compile(r"找到 \d+ 件"))
    expect(page.locator("[data-hy-lists]")).to_be_hidden()
    expect(page.locator(".hy-hits li").first.locator("a mark")).to_have_text("老旧小区")


def test_nothing_found_is_said_in_the_box_too(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#hy-find").fill("飞碟")
    expect(page.locator("#hy-found [role=status]")).to_have_text("没有找到")
    expect(page.locator("#hy-find")).to_have_attribute("aria-expanded", "false")


def test_traditional_and_full_width_find_the_same(page: Page, address: str) -> None:
    page.goto(f"{address}browse/?q={quote('過街設施')}")
    expect(page.locator(".hy-hits li").first).to_contain_text(CROSSING)
    page.goto(f"{address}browse/?q={quote('０１９１')}")
    expect(page.locator(".hy-hits li").first).to_contain_text(CROSSING)


def test_facets_are_counted_narrow_the_results_and_stand_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}browse/?q={quote('小区')}")
    status = page.locator("[data-hy-results] [role=status]")
    expect(status).to_have_text(re.compile(r"找到 \d+ 件"))
    everything = status.inner_text()
    total = sum(map(int, re.findall(r"\d+", everything)))
    narrowing = page.locator(".hy-narrowing")
    if narrowing.get_attribute("open") is None:
        narrowing.locator("summary").first.click()
    page.locator("[data-facet=kind] summary").click()
    rows = page.locator("[data-facet=kind] li")
    expect(rows.first).to_be_visible()
    counts = [int(row.split()[-1]) for row in rows.all_inner_texts()]
    assert sum(counts) == total
    suggestions = rows.filter(has=page.get_by_role("link", name="建议", exact=True))
    count = int(suggestions.inner_text().split()[-1])
    suggestions.locator("a").click()
    expect(status).to_have_text(f"找到 {count} 件。")
    assert "f.kind=suggestion" in page.url
    expect(page.locator("[data-facet=kind] a[aria-current]")).to_be_visible()
    page.go_back()
    expect(status).to_have_text(everything)


def test_overdue_items_of_one_agency_are_found_by_an_address_that_can_be_shared(page: Page, address: str) -> None:
    page.goto(f"{address}browse/?f.deadline=overdue&sort=due")
    hits = page.locator(".hy-hits > li")
    expect(hits.first.locator(".hy-late")).to_contain_text("逾期")
    expect(hits.first).to_contain_text("现在轮到")
    everything = hits.count()
    page.locator("[data-facet=lead] summary").click()
    page.locator("[data-facet=lead] li a").first.click()
    expect(page.locator("[data-facet=lead] a[aria-current]")).to_be_visible()
    assert "f.lead=a-" in page.url
    shared = page.url
    found = page.locator("[data-hy-results] [role=status]").inner_text()
    page.goto(address)
    page.goto(shared)
    expect(page.locator("[data-hy-results] [role=status]")).to_have_text(found)
    assert hits.count() <= everything


def test_everything_can_be_narrowed_down_without_a_word(page: Page, address: str) -> None:
    page.goto(address + "browse/")
    page.get_by_role("link", name="按条件筛选全部").click()
    proposals = len(list((ROOT / "registry" / "proposals").rglob("*.yaml")))
    expect(page.locator(".hy-total")).to_have_text(f"找到 {proposals} 件。")
    if not page.locator(".hy-facets").is_visible():
        page.locator(".hy-narrowing > summary").click()
    page.locator("[data-facet=deadline] summary").click()
    page.locator("[data-facet=deadline] a", has_text="逾期未答复").click()
    expect(page.locator(".hy-hits .hy-late").first).to_contain_text("逾期")
    assert "f.deadline=overdue" in page.url
    page.go_back()
    page.go_back()
    expect(page.locator("[data-hy-lists]")).to_be_visible()


def test_what_was_found_is_counted_and_named_by_what_it_is(page: Page, address: str) -> None:
    page.goto(f"{address}browse/?q={quote('停车')}")
    status = page.locator("[data-hy-results] [role=status]")
    expect(status).to_have_text(re.compile(r"^找到 \d+ 件，另有调研 1 项、单位 \d+ 个、网站说明 \d+ 页。$"))
    study = page.locator(".hy-hits > li").filter(has_text="老城区停车诉求为什么一年比一年多")
    expect(study.locator(".hy-small").first).to_have_text(re.compile(r"^调研 · \d{4}-\d\d-\d\d"))
    page.goto(f"{address}browse/?q={quote('停车')}&f.kind=suggestion")
    expect(status).to_have_text(re.compile(r"^找到 \d+ 件。$"))
    page.goto(f"{address}browse/?q={quote('马立诚')}&f.kind=member")
    expect(status).to_have_text("找到代表和委员 1 人。")
    page.locator("#hy-find").fill("停车")
    options = page.locator("#hy-options [role=option]")
    expect(options.filter(has_text="老城区停车诉求为什么一年比一年多")).to_contain_text("调研")
    expect(page.locator("#hy-found [role=status]")).to_have_text(re.compile(r"^找到 \d+ 件，另有"))


def test_results_are_sorted_by_day_on_request_and_paged(page: Page, address: str) -> None:
    page.goto(f"{address}browse/?q={quote('建议')}")
    page.get_by_role("link", name="最新").click()
    days = page.locator(".hy-hits .hy-small")
    expect(page.locator(".hy-sort a[aria-current]")).to_have_text("最新")
    dated = [found[0] for text in days.all_inner_texts() if (found := re.findall(r"\d{4}-\d\d-\d\d", text))]
    assert dated == sorted(dated, reverse=True)
    assert len(dated) == 10
    page.get_by_role("link", name="下一页 →").click()
    expect(page).to_have_url(re.compile(r"page=2"))
    expect(page.locator(".hy-hits")).to_have_attribute("start", "11")


def test_a_snippet_comes_with_its_match_marked(page: Page, address: str) -> None:
    page.goto(f"{address}browse/?q={quote('逐户测算')}")
    expect(page.locator(".hy-snippet mark").first).to_have_text("逐户测算")


def test_nothing_found_says_what_to_try(page: Page, address: str) -> None:
    page.goto(f"{address}browse/?q={quote('飞碟')}")
    expect(page.locator("[data-hy-results] [role=status]")).to_have_text("没有找到。")
    page.get_by_role("link", name="按届次、类别、单位和提出人的目录").click()
    expect(page.locator("[data-hy-lists]")).to_be_visible()


def test_without_javascript_the_form_leads_to_the_lists(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    page.locator("#hy-find").fill("老旧小区")
    page.keyboard.press("Enter")
    expect(page.locator("[data-hy-lists]")).to_be_visible()
    assert "<noscript><p>全文搜索需要 JavaScript" in page.content()
    context.close()


def test_a_missing_file_of_the_index_is_said_and_can_be_tried_again(
    browser: Browser, address: str, complaints: list[str]
) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    context.route("**/search/index.json", lambda route: route.abort())
    page.goto(f"{address}browse/?q={quote('老旧小区')}")
    expect(page.locator("[data-hy-results]")).to_contain_text("检索文件没有取到")
    assert set(complaints) == {"Failed to load resource: net::ERR_FAILED"}
    complaints.clear()
    context.unroute("**/search/index.json")
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".hy-hits li").first).to_be_visible()
    context.close()


def test_a_page_that_stayed_open_while_the_index_was_replaced_finds_the_new_one(
    browser: Browser, address: str, complaints: list[str]
) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    context.route("**/search/index.json", lambda route: route.fulfill(json=_renamed(route.fetch().json())))
    with page.expect_response("**/search/index.json"):
        page.locator("#hy-find").focus()
    context.unroute("**/search/index.json")
    page.keyboard.type("老旧小区")
    expect(page.locator("#hy-options [role=option]").first).to_be_visible()
    assert all("404" in line for line in complaints)
    complaints.clear()


def _renamed(header: dict[str, Any]) -> dict[str, Any]:
    return {**header, "segments": [{**row, "path": "gone"} for row in header["segments"]]}


@pytest.mark.parametrize("query", ["老旧小区", "飞碟"])
def test_axe_finds_nothing_on_results_or_in_the_open_box(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}browse/?q={quote(query)}")
    expect(page.locator("[data-hy-results] [role=status]")).to_be_visible()
    page.locator("#hy-find").fill(query)
    expect(page.locator("#hy-found [role=status]")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        results = Axe().run(page)
        assert results.violations_count == 0, f"{scheme}: {results.generate_report()}"
