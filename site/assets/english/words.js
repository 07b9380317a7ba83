// From Chinese to English by the dictionary of the site: whole texts, and patterns with parts that are looked up too.

const HAN = /[\u3001-\u3017\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e]/;
const LONGEST = 400;
const SENTENCE = /[。；]/;
const FEW = 2;
const PROSE = /[，。；：？]/;
const DAY = "\\d{4}-\\d\\d-\\d\\d|\\d{4}年\\d{1,2}月\\d{1,2}日";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Whether a text has Chinese in it. */
export const chinese = (text) => HAN.test(text);

export class Words {
  /** Of dictionaries: `words` by whole text, and `patterns`, pairs in which # is a number, @ a day, * any text, $1 the
   * first of them. Those that say more are tried first, and those that say little not on sentences: these are somebody's
   * own. Patterns `within` hold for parts of others only. */
  constructor(parts) {
    this.words = new Map(parts.flatMap(({ words }) => Object.entries(words)));
    this.patterns = shapes(parts.flatMap(({ patterns }) => patterns));
    this.within = shapes(parts.flatMap(({ within }) => within ?? []));
    this.known = new Map();
  }

  /** A text with its spaces in English, or null where the dictionary does not have it. */
  text(zh) {
    const [, before, inner, after] = /^(\s*)([^]*?)(\s*)$/.exec(zh);
    const en = this.phrase(inner.replace(/\s+/g, " "));
    return en === null ? null : before + en + after;
  }

  phrase(zh) {
    if (zh.length > LONGEST) return this.words.get(zh) ?? null;
    if (!this.known.has(zh)) this.known.set(zh, this.found(zh));
    return this.known.get(zh);
  }

  found(zh) {
    const whole = this.words.get(zh);
    if (whole !== undefined) return whole;
    const dated = dates(zh);
    if (!chinese(dated)) return dated;
    return this.list(zh) ?? this.matched(zh, this.patterns);
  }

  matched(zh, patterns) {
    for (const { shape, en, said } of patterns) {
      const match = (said > FEW || !SENTENCE.test(zh)) && shape.exec(zh);
      if (match) return singular(en.replace(/\$(\d)/g, (_, which) => this.part(match[which])));
    }
    return null;
  }

  /** By the patterns for parts, where nothing stays in Chinese: what does is somebody's own. */
  inner(zh) {
    const en = this.matched(zh, this.within);
    return en === null || chinese(en) ? null : en;
  }

  /** A list of words, all of them known; some have a comma of their own. */
  list(zh) {
    const parts = zh.split("、");
    const found = [];
    for (let at = 0; at < parts.length; ) {
      let to = parts.length;
      while (to > at && !this.words.has(parts.slice(at, to).join("、"))) to -= 1;
      if (to === at) return null;
      found.push(this.words.get(parts.slice(at, to).join("、")));
      at = to;
    }
    return found.join(", ");
  }

  /** A part of a text: its English; of a list of names or terms the English of each; else the part as it is. */
  part(zh) {
    if (!chinese(zh)) return zh;
    const whole = this.phrase(zh) ?? this.inner(zh);
    if (whole !== null || PROSE.test(zh)) return whole ?? zh;
    const all = zh.split("、");
    return all.some((one) => this.phrase(one) !== null) ? all.map((one) => this.phrase(one) ?? one).join(", ") : zh;
  }
}

/** Patterns, those first that say most. */
function shapes(patterns) {
  const made = patterns.map(([zh, en]) => ({ shape: shape(zh), en, said: zh.replace(/[#@*]/g, "").length }));
  return made.sort((one, other) => other.said - one.said);
}

/** A pattern as an expression that the whole text must match. */
function shape(zh) {
  const parts = zh.split(/([#@*])/).map((part) => {
    if (part === "#") return "(–|[\\d,.]+%?)";
    if (part === "@") return `(${DAY})`;
    return part === "*" ? "([^：，。、；）].*?)" : part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}

/** 2026年3月5日 as 2026-03-05, 3月5日 as 5 Mar, 2026年3月 as Mar 2026. */
function dates(zh) {
  return zh
    .replace(/(\d{4})年(\d{1,2})月(\d{1,2})日/g, (_, y, m, d) => `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`)
    .replace(/(\d{4})年(\d{1,2})月/g, (_, y, m) => `${MONTHS[m - 1]} ${y}`)
    .replace(/(\d{1,2})月(\d{1,2})日/g, (_, m, d) => `${d} ${MONTHS[m - 1]}`);
}

/** "1 days" as "1 day", "1 agencies" as "1 agency", "1 people" as "1 person". */
function singular(en) {
  const one = (_, stem, end) => (stem ? `1 ${stem}${end === "ies" ? "y" : ""}` : "1 person");
  return en.replace(/(?<![\d.,-])1 (?:([a-z]{3,}?)(ies|s)|people)\b/g, one);
}
