// Texts and queries as units: characters, whole words of Latin letters and digits, and marks. The rules and classes
// come with the index, so that a query is folded as the texts were; see scripts/huiyin/search/units.py.

export const MARK = 0;
export const WORD = 1;
const [SPACE, NOTHING, LETTER] = [1, 2, 3];
const [FIRST, LAST] = [0x4e00, 0x9fff];

export class Fold {
  constructor({ runs, classes, folded }) {
    this.runs = runs;
    this.classes = classes;
    this.folded = Uint8Array.from(atob(folded), (byte) => byte.charCodeAt(0));
    this.pairs = null;
  }

  /** Whether the table of pairs is needed to fold this text: Traditional characters and such. */
  needsPairs(text) {
    if (this.pairs) return false;
    return Array.from(text).some((one) => {
      const code = one.codePointAt(0);
      if (code < FIRST) return code >= 0x3400;
      if (code > LAST) return code >= 0xf900 && (code < 0xfb00 || code >= 0x20000);
      return this.folded[(code - FIRST) >> 3] & (0x80 >> ((code - FIRST) & 7));
    });
  }

  learn({ from, to }) {
    const values = Array.from(to);
    this.pairs = new Map(Array.from(from, (one, place) => [one.codePointAt(0), values[place].codePointAt(0)]));
  }

  becomes(code) {
    const { runs } = this;
    for (let at = 0; at < runs.length; at += 3) {
      if (code >= runs[at] && code <= runs[at + 1]) return code + runs[at + 2];
    }
    return (this.pairs && this.pairs.get(code)) || code;
  }

  kind(code) {
    const { classes } = this;
    let [low, high] = [0, classes.length / 2];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (classes[middle * 2] <= code) low = middle;
      else high = middle;
    }
    return classes[low * 2 + 1];
  }

  /** The units of a text: what each is, the word if it is one, and from where to where it stands in the text. */
  units(text) {
    const found = [];
    let [spaced, at] = [false, 0];
    for (const one of text) {
      const code = this.becomes(one.codePointAt(0));
      const kind = this.kind(code);
      const from = at;
      at += one.length;
      if (kind === NOTHING) continue;
      if (kind === SPACE) {
        spaced = found.length > 0;
        continue;
      }
      const last = found[found.length - 1];
      const unit = kind === LETTER ? WORD : kind === MARK ? MARK : code;
      if (spaced && last.unit !== MARK && unit !== MARK && !(last.unit > WORD && unit > WORD)) {
        found.push({ unit: MARK, word: "", from: last.to, to: from });
      } else if (last && unit === last.unit && (unit === MARK || (unit === WORD && !spaced))) {
        if (unit === WORD) last.word += String.fromCodePoint(code);
        last.to = at;
        spaced = false;
        continue;
      }
      found.push({ unit, word: unit === WORD ? String.fromCodePoint(code) : "", from, to: at });
      spaced = false;
    }
    return found;
  }
}
