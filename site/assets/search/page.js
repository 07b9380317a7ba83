// The page of results: the query and everything chosen stand in the address, so that it can be shared and gone back to.

import { counted, find, narrowed, others, proposals, sorted } from "./find.js";
import { located, marked, snippet } from "./snippet.js";
import { ROOT, FAILED, day, element, found, nodes, withIndex } from "./site.js";

const PAGED = 10;
const FACET = "f.";
const SORTS = { score: "最相关", date: "最新", due: "期限最近" };

const form = document.querySelector("[data-hy-query]");
const input = form.querySelector("input[name=q]");
const place = document.querySelector("[data-hy-results]");
const lists = document.querySelector("[data-hy-lists]");
let turn = 0;

/** What the address asks for. */
function asked() {
  const words = new URLSearchParams(location.search);
  const filters = {};
  for (const [key, value] of words) if (key.startsWith(FACET)) filters[key.slice(FACET.length)] = value;
  const page = Math.max(1, Number.parseInt(words.get("page"), 10) || 1);
  const by = words.get("sort") in SORTS ? words.get("sort") : "score";
  return { query: (words.get("q") || "").trim(), all: words.has("all"), by, page, filters };
}

function address({ query, all, by, page, filters }) {
  const words = new URLSearchParams();
  if (query) words.set("q", query);
  else if (all) words.set("all", "1");
  if (by !== "score") words.set("sort", by);
  for (const [facet, value] of Object.entries(filters)) words.set(FACET + facet, value);
  if (page > 1) words.set("page", String(page));
  const said = words.toString();
  return said ? `?${said}` : location.pathname;
}

function go(wanted) {
  history.pushState(null, "", address(wanted));
  return run();
}

async function run() {
  turn += 1;
  const mine = turn;
  const wanted = asked();
  const searching = Boolean(wanted.query || wanted.all || Object.keys(wanted.filters).length);
  place.hidden = !searching;
  lists.hidden = searching;
  if (!searching) return;
  place.setAttribute("aria-busy", "true");
  try {
    const shown = await withIndex((index) => made(index, wanted));
    if (mine === turn) place.replaceChildren(...shown);
  } catch (error) {
    if (mine !== turn) return;
    const again = element("button", { type: "button", class: "hy-plain-button" }, "再试一次");
    again.addEventListener("click", run);
    place.replaceChildren(element("p", { role: "status" }, `${FAILED}。`, again));
  } finally {
    if (mine === turn) place.removeAttribute("aria-busy");
  }
}

/** Everything below the search box, for what is asked. */
async function made(index, wanted) {
  const result = await find(index, wanted.query);
  if (!wanted.query && wanted.all) result.found = await proposals(index, result.found);
  const hits = await narrowed(index, await sorted(index, result, wanted.by), wanted.filters);
  const first = (wanted.page - 1) * PAGED;
  const named = others(index, hits); // fetched beside the cards
  const shown = hits.slice(first, first + PAGED).map((number) => row(index, number, result.terms, named));
  const [kinds, ...rows] = await Promise.all([named, ...shown]);
  const status = element("p", { role: "status", class: "hy-total" }, `${found(hits.length, kinds)}。`);
  const head = element("div", { class: "hy-results__head" }, status, sorting(wanted));
  if (!result.found.length) return [head, advice(wanted)];
  const facets = narrowing(index, result, wanted);
  if (!hits.length) return [head, facets, advice(wanted)];
  return [head, facets, element("ol", { class: "hy-hits", start: String(first + 1) }, ...rows), pager(wanted, hits.length)];
}

/** One result; of what is no proposal it says what it is, once that is known. */
async function row(index, number, terms, named) {
  const segment = index.holder(number);
  const [card, kinds] = await Promise.all([segment.card(number - segment.before), named]);
  const title = nodes(marked(card.title, await located(index, card.title, terms)));
  const small = [kinds.get(number)?.[1], card.number, day(card.day)].filter(Boolean).join(" · ");
  const said = element("p", { class: "hy-snippet" });
  const made = element(
    "li",
    {},
    element("a", { href: new URL(card.url, ROOT).href }, ...title),
    element("p", { class: "hy-small" }, small, ...chips(card)),
    said,
  );
  if (card.turn) said.before(element("p", { class: "hy-small" }, card.turn));
  seen(made, async () => {
    const { names, text } = await segment.said(number - segment.before);
    const parts = snippet(text, await located(index, text, terms));
    const other = parts.length ? parts : snippet(names, await located(index, names, terms));
    said.append(...nodes(other.length ? other : [[text.slice(0, 80), false]]));
  });
  return made;
}

/** How a proposal and its deadline stand, in words with a mark; colour only supports them. */
function chips({ state, deadline }) {
  return [state, deadline].filter(Boolean).map(([tone, mark, words]) => {
    const shown = element("span", { class: "hy-mark", "aria-hidden": "true" }, mark);
    return element("span", { class: `hy-chip hy-${tone}` }, shown, ` ${words}`);
  });
}

/** Call `then` once the element comes into view: texts that nobody sees are not fetched. */
function seen(made, then) {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    then().catch(() => {}); // the result stands without its snippet
  });
  watch.observe(made);
}

function sorting(wanted) {
  const choice = (by, words) => {
    const link = element("a", { href: address({ ...wanted, by, page: 1 }), "aria-current": wanted.by === by && "true" }, words);
    return follow(link, { ...wanted, by, page: 1 });
  };
  return element("p", { class: "hy-sort" }, "排序：", ...Object.entries(SORTS).map(([by, words]) => choice(by, words)));
}

/** A link that stays on the page. */
function follow(link, wanted) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(wanted);
  });
  return link;
}

/** All facets; on a narrow screen folded away until somebody wants them or one narrows the results. */
function narrowing(index, result, wanted) {
  const all = element("div", { class: "hy-facets" }, ...index.head.facets.map((one) => facet(index, result, wanted, one)));
  const chosen = Object.keys(wanted.filters).length;
  const made = element("details", { class: "hy-narrowing" }, element("summary", {}, chosen ? `筛选（${chosen}）` : "筛选"), all);
  made.open = chosen > 0 || matchMedia("(min-width: 45em)").matches;
  return made;
}

/** One facet: closed until somebody wants it or it narrows the results; its counts are fetched then. */
function facet(index, result, wanted, [name, title]) {
  const { [name]: chosen, ...others } = wanted.filters;
  const values = element("ul", {});
  const made = element("details", { "data-facet": name }, element("summary", {}, title), values);
  const fill = async () => {
    const rows = await counted(index, await narrowed(index, result.found, others), name);
    values.replaceChildren(
      ...rows.map(([value, words, count]) => {
        const filters = value === chosen ? others : { ...others, [name]: value };
        const target = { ...wanted, filters, page: 1 };
        const link = element("a", { href: address(target), "aria-current": value === chosen && "true" }, words);
        return element("li", {}, follow(link, target), " ", element("span", { class: "hy-figure" }, String(count)));
      }),
    );
  };
  made.addEventListener("toggle", () => {
    if (made.open && !values.childElementCount) fill().catch(() => values.replaceChildren(element("li", {}, FAILED)));
  });
  if (chosen !== undefined) made.open = true;
  return made;
}

function pager(wanted, total) {
  const pages = Math.ceil(total / PAGED);
  const made = element("nav", { class: "hy-pager", "aria-label": "分页" });
  if (pages < 2) return made;
  const step = (page, words) => {
    const target = { ...wanted, page };
    const link = follow(element("a", { href: address(target) }, words), target);
    link.addEventListener("click", () => place.scrollIntoView());
    return link;
  };
  if (wanted.page > 1) made.append(step(wanted.page - 1, "← 上一页"));
  made.append(element("span", {}, `第 ${wanted.page} 页，共 ${pages} 页`));
  if (wanted.page < pages) made.append(step(wanted.page + 1, "下一页 →"));
  return made;
}

/** What to try when nothing was found. */
function advice(wanted) {
  const rows = [];
  if (Object.keys(wanted.filters).length) {
    const target = { ...wanted, filters: {}, page: 1 };
    rows.push(element("li", {}, follow(element("a", { href: address(target) }, "去掉筛选，在全部中找"), target)));
  }
  rows.push(element("li", {}, "只留最要紧的两三个字，例如把“老旧小区加装电梯”改为“加装电梯”。"));
  rows.push(element("li", {}, "换一种说法，或去掉引号和带减号的词。"));
  rows.push(element("li", {}, "编号、文号只输数字，例如 0191。"));
  const link = element("a", { href: location.pathname }, "按届次、类别、单位和提出人的目录");
  rows.push(element("li", {}, "从目录找：", follow(link, { query: "", by: "score", page: 1, filters: {} }), "。"));
  return element("div", { class: "hy-advice" }, element("p", {}, "可以这样试："), element("ul", {}, ...rows));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go({ ...asked(), query: input.value.trim(), page: 1 });
});
addEventListener("popstate", () => {
  input.value = asked().query;
  run();
});
const everything = document.querySelector("[data-hy-all]");
everything.classList.remove("hy-held"); // its room was kept, so that nothing moves
follow(everything.querySelector("a"), { query: "", all: true, by: "date", page: 1, filters: {} });
input.value = input.value || asked().query; // somebody may have typed while this was loading
run();
