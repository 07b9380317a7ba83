// What a reader typed, as terms: words and phrases that must occur, and ones that must not.

import { MARK, WORD } from "./fold.js";

const QUOTES = { '"': '"', "“": "”", "”": "”", "＂": "＂", "「": "」", "『": "』" };
const MINUS = "-－−–";
const PREFIX = 2;

/** Cut a query into pieces: white space parts them, quotation marks hold them together, a minus excludes them. */
export function pieces(query) {
  const found = [];
  const letters = Array.from(query);
  for (let at = 0; at < letters.length; ) {
    if (/\s/.test(letters[at])) {
      at += 1;
      continue;
    }
    const next = letters[at + 1];
    const exclude = MINUS.includes(letters[at]) && next !== undefined && !/\s/.test(next);
    if (exclude) at += 1;
    const close = QUOTES[letters[at]];
    let end = close ? at + 1 : at;
    while (end < letters.length && (close ? letters[end] !== close : !/\s/.test(letters[end]) && !opens(letters, end, at))) {
      end += 1;
    }
    found.push({ text: letters.slice(close ? at + 1 : at, end).join(""), exclude, quoted: Boolean(close) });
    at = close ? end + 1 : end;
  }
  return found;
}

function opens(letters, at, start) {
  return at > start && letters[at] in QUOTES;
}

/** The terms of a query. The last word of a term stands for all words that begin so, unless it is quoted. */
export function parse(query, fold) {
  return pieces(query)
    .map(({ text, exclude, quoted }) => {
      const units = fold.units(text).map(({ unit, word }) => ({ unit, word }));
      while (units.length && units[0].unit === MARK) units.shift();
      while (units.length && units[units.length - 1].unit === MARK) units.pop();
      const last = units[units.length - 1];
      return { text, units, exclude, prefix: !quoted && !!last && last.unit === WORD && last.word.length >= PREFIX };
    })
    .filter(({ units }) => units.length);
}

/** What to look up for a term, so that every unit is covered and every two neighbours are proven to be neighbours. */
export function lookups({ units, prefix }) {
  if (units.length === 1 && units[0].unit !== WORD) return [{ kind: "alone", first: units[0].unit, second: ALONE, at: 0 }];
  const found = [];
  const pair = (at) => found.push({ kind: "pair", first: units[at].unit, second: units[at + 1].unit, at });
  for (let at = 0; at < units.length; at += 1) {
    const { unit, word } = units[at];
    if (unit === WORD) {
      const first = word.codePointAt(0);
      const second = word.length > String.fromCodePoint(first).length ? Array.from(word)[1].codePointAt(0) : 0;
      found.push({ kind: "word", first, second, word, prefix: prefix && at === units.length - 1, at });
    } else if (at + 1 < units.length) {
      pair(at);
      if (units[at + 1].unit !== WORD) at += 1;
    } else {
      pair(at - 1);
    }
  }
  return found;
}

const ALONE = 2;
