// The words around a match, with the matches marked, as pieces of the text itself.

import { WORD } from "./fold.js";

const [BEFORE, LONGEST] = [24, 120];

/** Where terms occur in a text: [from, to, term], in order. */
export function matches(text, terms, fold) {
  const units = fold.units(text);
  const found = [];
  terms.forEach((term, which) => {
    const wanted = term.units;
    for (let at = 0; at + wanted.length <= units.length; at += 1) {
      if (wanted.every((one, more) => same(one, units[at + more], term.prefix && more === wanted.length - 1))) {
        found.push([units[at].from, units[at + wanted.length - 1].to, which]);
      }
    }
  });
  return found.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
}

function same(wanted, unit, prefix) {
  if (wanted.unit !== unit.unit) return false;
  return unit.unit !== WORD || wanted.word === unit.word || (prefix && unit.word.startsWith(wanted.word));
}

/** The same for a text of the index; the table of pairs is fetched when only with it something can be found. */
export async function located(index, text, terms) {
  const found = matches(text, terms, index.fold);
  if (found.length || !index.fold.needsPairs(text)) return found;
  await index.prepare(text);
  return matches(text, terms, index.fold);
}

/** A whole text as pieces: [piece, whether it is marked]. */
export function marked(text, found) {
  return cut(text, found, 0, text.length);
}

/** The part of a text in which most different terms occur, as pieces; nothing where none occurs. */
export function snippet(text, found) {
  if (!found.length) return [];
  const near = (from) => found.filter((one) => one[0] >= from && one[1] <= from + LONGEST - BEFORE);
  const worth = ([from]) => new Set(near(from).map((one) => one[2])).size;
  let [best, most] = [found[0], 0];
  for (const one of found.slice(0, 200)) {
    const here = worth(one);
    if (here > most) [best, most] = [one, here];
  }
  let start = Math.max(0, best[0] - BEFORE);
  const line = text.lastIndexOf("\n", best[0]) + 1;
  if (line > start) start = line;
  let end = Math.min(text.length, Math.max(start + LONGEST, best[1]));
  if (isLow(text, start)) start += 1;
  if (isLow(text, end)) end += 1;
  const parts = cut(text, found, start, end);
  if (start > line) parts.unshift(["…", false]);
  if (end < text.length) parts.push(["…", false]);
  return parts;
}

const isLow = (text, at) => at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00;

function cut(text, found, start, end) {
  const parts = [];
  let at = start;
  for (const [from, to] of found) {
    if (to <= at || from >= end) continue;
    const begin = Math.max(from, at);
    if (begin > at) parts.push([text.slice(at, begin), false]);
    parts.push([text.slice(begin, Math.min(to, end)), true]);
    at = Math.min(to, end);
  }
  if (at < end) parts.push([text.slice(at, end), false]);
  return parts;
}
