// The index of this site, opened once and only when somebody searches; and how found documents are shown.

import { Index } from "./index.js";

export const ROOT = new URL("../../", import.meta.url);
const FOLDER = new URL("search/", ROOT);
let opening = null;

/** The index; what fails is tried again at the next call. */
export function opened() {
  if (!opening) {
    opening = Index.open(fetched);
    opening.catch(() => {
      opening = null;
    });
  }
  return opening;
}

/** Do something with the index; once more with a fresh one if it fails, since a new index may have replaced it. */
export async function withIndex(work) {
  try {
    return await work(await opened());
  } catch (error) {
    opening = null;
    return work(await opened());
  }
}

async function fetched(path) {
  const answer = await fetch(new URL(path, FOLDER), { cache: path === "index.json" ? "no-cache" : "default" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.arrayBuffer();
}

/** The page that shows all results of a query. */
export function resultsAddress(query) {
  const address = new URL("browse/", ROOT);
  address.searchParams.set("q", query);
  return address.href;
}

/** An element with attributes and children; a child that is a string is text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** Pieces of a text as nodes, the marked ones marked. */
export function nodes(parts) {
  return parts.map(([text, marked]) => (marked ? element("mark", {}, text) : text));
}

/** A day given in days since 1970 as 2026-03-05; nothing for 0, which says that it is not known. */
export function day(days) {
  return days ? new Date(days * 86400000).toISOString().slice(0, 10) : "";
}

/** How many were found, proposals and each other kind apart, as a sentence; `others` as find.others gives them. */
export function found(total, others) {
  if (!total) return "没有找到";
  const counts = Object.fromEntries(Object.keys(COUNTED).map((kind) => [kind, 0]));
  for (const [kind] of others.values()) counts[kind] += 1;
  const beside = Object.entries(counts).filter(([, count]) => count);
  const said = beside.map(([kind, count]) => COUNTED[kind].replace("#", count.toLocaleString("zh-CN"))).join("、");
  const proposals = total - others.size;
  if (!proposals) return `找到${said}`;
  return `找到 ${proposals.toLocaleString("zh-CN")} 件${said && `，另有${said}`}`;
}

const COUNTED = {
  topic: "重点议题 # 个",
  research: "调研 # 项",
  policy: "政策 # 项",
  member: "代表和委员 # 人",
  group: "团体 # 个",
  agency: "单位 # 个",
  page: "网站说明 # 页",
};

export const FAILED = "检索文件没有取到，请检查网络后再试";
