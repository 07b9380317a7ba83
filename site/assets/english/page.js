// The page in English: its labels by the dictionary, whatever scripts add later too; records stay as they were written.
// What was changed is remembered, so that Chinese comes back without loading the page again.

import { Words, chinese as isChinese } from "./words.js";

const ATTRIBUTES = ["aria-label", "placeholder", "title", "data-label"];
const DRAWN = 24;
const SAID = ["#text", "P", "SPAN"];
const SEEN = { childList: true, characterData: true, subtree: true, attributes: true, attributeFilter: ATTRIBUTES };
const LEFT = "script, style, code, pre, textarea, :not(html)[lang=en], [data-hy-language]";

const observer = new MutationObserver((changes) => {
  for (const { type, target, attributeName, addedNodes } of changes) {
    if (type === "characterData") text(target);
    else if (type === "attributes") attribute(target, attributeName);
    else addedNodes.forEach(walk);
  }
  observer.takeRecords(); // those are our own
});
const ROOT = new URL("../../", import.meta.url);
const LABELS_ONLY = ["", "browse", "s", "c", "state", "month", "guide", "developers"];
const REFERENCE = ["rules", "packs", "coverage", "figures", "tables", "trust", "reports", "assessment", "quality"];
let words = null;
let undo = [];

/** Show the page in English; fails where the dictionary cannot be fetched. */
export async function english() {
  if (!words) {
    words = new Words(await Promise.all(parts().map(fetched)));
  }
  if (undo.length) return;
  summary();
  walk(document.documentElement);
  document.querySelectorAll("svg[aria-labelledby]").forEach(widen);
  observer.observe(document.documentElement, SEEN);
}

/** The dictionaries that this page needs; see scripts/huiyin/publish/english.py. */
function parts() {
  const [folder] = location.pathname.slice(ROOT.pathname.length).split("/");
  if (LABELS_ONLY.includes(folder)) return ["labels"];
  return REFERENCE.includes(folder) ? ["labels", "records", "reference"] : ["labels", "records"];
}

async function fetched(part) {
  const answer = await fetch(new URL(`${part}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`${part}: ${answer.status}`);
  return answer.json();
}

/** Give the page its Chinese back. */
export function chinese() {
  observer.disconnect();
  for (const back of undo.reverse()) back();
  undo = [];
}

function walk(from) {
  if (from.nodeType === Node.TEXT_NODE) {
    text(from);
    return;
  }
  if (from.nodeType !== Node.ELEMENT_NODE || from.closest(LEFT)) return;
  const nodes = document.createTreeWalker(from, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node.nodeType === Node.ELEMENT_NODE && node !== from && node.matches(LEFT)
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  for (let node = from; node; node = nodes.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      text(node);
    } else {
      if (told(node)) set(() => node.hidden, (value) => (node.hidden = value), true);
      for (const name of ATTRIBUTES) attribute(node, name);
    }
  }
}

function text(node) {
  if (!isChinese(node.data) || !node.parentElement || node.parentElement.closest(LEFT)) return;
  const drawn = node.parentElement instanceof SVGTextElement;
  const en = told(node) ? "" : words.text(node.data);
  if (drawn && en !== null && en.length > DRAWN) return;
  if (en !== null) set(() => node.data, (value) => (node.data = value), en);
  else written(node.parentElement);
}

function attribute(node, name) {
  const zh = node.getAttribute(name);
  if (!zh || !isChinese(zh)) return;
  const en = words.text(zh);
  if (en !== null) set(() => node.getAttribute(name), (value) => node.setAttribute(name, value), en);
}

/** Change something and remember how to change it back, unless somebody else has changed it since. */
function set(get, put, value) {
  const before = get();
  put(value);
  undo.push(() => {
    if (get() === value) put(before);
  });
}

/** Whether the same stands in English right behind, as on pages about rules. */
function told(node) {
  let next = node.nextSibling;
  while (next && (next.nodeName === "BR" || (next.nodeType === Node.TEXT_NODE && !next.data.trim()))) next = next.nextSibling;
  return next instanceof Element && next.lang === "en" && next.nodeName !== "SECTION" && SAID.includes(node.nodeName);
}

/** Room for the words of a chart, which was drawn for shorter ones. */
function widen(chart) {
  const { x, y, width, height } = chart.viewBox.baseVal;
  const needed = chart.getBBox();
  const left = Math.min(x, Math.floor(needed.x));
  const right = Math.max(x + width, Math.ceil(needed.x + needed.width));
  if (needed.width) set(() => chart.getAttribute("viewBox"), (value) => chart.setAttribute("viewBox", value), `${left} ${y} ${right - left} ${height}`);
}

/** Say of an element that holds nothing but what was written in Chinese that it does: to voices, and to other programs. */
function written(element) {
  if (element.lang || element.childElementCount || element instanceof HTMLTitleElement) return;
  set(() => element.lang, (value) => (value ? (element.lang = value) : element.removeAttribute("lang")), "zh");
}

/** Pages of the guide and reports end in a summary in English: it stands alone then, the Chinese one click away. */
function summary() {
  const head = document.querySelector("#in-english, .hy-english");
  if (!head) return;
  const whole = [...document.querySelectorAll(".md-sidebar--secondary, .md-sidebar--primary .md-nav--secondary")];
  for (let node = head.previousElementSibling; node; node = node.previousElementSibling) whole.push(node);
  const hide = whole.filter((node) => node && node.nodeName !== "H1" && !node.hidden);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "hy-plain-button";
  const paragraph = document.createElement("p");
  const open = (shown) => {
    for (const node of hide) node.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
  };
  button.textContent = "The whole page, in Chinese";
  button.addEventListener("click", () => open(button.getAttribute("aria-expanded") === "false"));
  paragraph.append(button);
  head.before(paragraph);
  open(false);
  undo.push(() => {
    open(true);
    paragraph.remove();
  });
}
