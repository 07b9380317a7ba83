// The index as it lies on the server: the header, shards of postings, cards, texts, facets. Nothing is fetched twice.

import { Bits } from "./bits.js";
import { Fold } from "./fold.js";

export const FORMAT = 3;
const [ROUNDS, HALF] = [[0x9e3779b1, 0x85ebca77, 0xc2b2ae3d], 18];
const LETTER_ORDER = 6;
export const [CARDS, TEXTS] = [4, 2];

/** The number of two units, as [upper half, lower half]; see postings.scatter. */
export function scatter(first, second) {
  let [left, right] = [first, second];
  for (const constant of ROUNDS) {
    [left, right] = [right, left ^ (Math.imul(right, constant) >>> (32 - HALF))];
  }
  return [left, right];
}

const width = (value) => 32 - Math.clz32(value);

export class Index {
  /** `get(path)` fetches a file of the index as an ArrayBuffer. */
  static async open(get) {
    const index = new Index();
    index.get = get;
    index.kept = new Map();
    index.head = await index.json("index.json");
    if (index.head.format !== FORMAT) throw new Error(`index of format ${index.head.format}`);
    index.fold = new Fold(index.head.fold);
    let before = 0;
    index.segments = index.head.segments.map((row) => {
      const segment = new Segment(index, row, before);
      before += row.documents;
      return segment;
    });
    index.documents = before;
    return index;
  }

  file(path) {
    if (!this.kept.has(path)) {
      const coming = this.get(path);
      coming.catch(() => this.kept.delete(path));
      this.kept.set(path, coming);
    }
    return this.kept.get(path);
  }

  async json(path, encoding = "utf-8") {
    return JSON.parse(new TextDecoder(encoding).decode(await this.file(path)));
  }

  /** Fetch the table of pairs if this text needs it. */
  async prepare(text) {
    if (this.fold.needsPairs(text)) this.fold.learn(await this.json("fold.json"));
  }

  /** The segment in which a document stands, by its number in the whole index. */
  holder(document) {
    return this.segments.find((one) => document < one.before + one.documents);
  }
}

export class Segment {
  constructor(index, row, before) {
    Object.assign(this, row);
    this.index = index;
    this.before = before;
    this.starts = []; // of texts of more than one slot: first slot, text, further slots of it and of all before
    let further = 0;
    for (let at = 0; at < row.long.length; at += 2) {
      const more = row.long[at + 1];
      this.starts.push([row.long[at] + further, row.long[at], more, further + more]);
      further += more;
    }
  }

  /** The number of the text that a slot belongs to. */
  text(slot) {
    let [low, high] = [0, this.starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle][0] <= slot) low = middle + 1;
      else high = middle;
    }
    if (!low) return slot;
    const [first, text, more, further] = this.starts[low - 1];
    return slot <= first + more ? text : slot - further;
  }

  /** The day of each document, in days since 1970. */
  dates() {
    if (!this.dated) {
      this.dated = new Int32Array(this.documents);
      let at = 0;
      for (let row = 0; row < this.days.length; row += 2) {
        this.dated.fill(this.days[row], at, at + this.days[row + 1]);
        at += this.days[row + 1];
      }
    }
    return this.dated;
  }

  /** Where a lookup occurs: sorted places in the segment, or for a character alone the texts that have it. */
  async places(lookup) {
    const [left, right] = scatter(lookup.first, lookup.second);
    const shard = Math.floor((left * this.shards) / 2 ** HALF);
    const bytes = new Uint8Array(await this.index.file(`${this.path}/${shard}.bin`));
    const [lengths, at] = varints(bytes, 2);
    const [pairs, alone] = [at, at + lengths[0]];
    const number = left * 2 ** HALF + right;
    if (lookup.kind === "pair") return this.numbered(bytes, pairs, lengths[0], number, this.orders[0], true);
    if (lookup.kind === "alone") return this.numbered(bytes, alone, lengths[1], number, this.orders[1], false);
    return this.spelled(bytes, alone + lengths[1], lookup);
  }

  numbered(bytes, at, length, wanted, order, placed) {
    if (!length) return [];
    const bits = new Bits(bytes, at);
    let number = 0;
    for (let left = bits.golomb(0); left > 0; left -= 1) {
      number += bits.golomb(order);
      if (number > wanted) break;
      const found = placed ? this.postings(bits) : this.texts(bits);
      if (number === wanted) return found;
    }
    return [];
  }

  spelled(bytes, at, { word, prefix }) {
    if (at >= bytes.length) return [];
    const bits = new Bits(bytes, at);
    let [here, found] = ["", []];
    for (let left = bits.golomb(0); left > 0; left -= 1) {
      here = Array.from(here).slice(0, bits.golomb(0)).join("");
      for (let rest = bits.golomb(0); rest > 0; rest -= 1) here += String.fromCodePoint(bits.golomb(LETTER_ORDER));
      const places = this.postings(bits);
      if (here === word || (prefix && here.startsWith(word))) found = found.length ? found.concat(places) : places;
    }
    return found.sort((one, other) => one - other);
  }

  postings(bits) {
    const found = [];
    const postings = bits.golomb(0) + 1;
    const order = Math.max(0, width(Math.floor(this.slots / postings)) - 3);
    let slot = -1;
    for (let left = postings; left > 0; left -= 1) {
      slot += bits.golomb(order) + 1;
      const times = bits.golomb(0) + 1;
      const places = Math.max(0, this.slot_bits - 1 - width(times));
      let place = -1;
      for (let more = times; more > 0; more -= 1) {
        place += bits.golomb(places) + 1;
        found.push(slot * 2 ** this.slot_bits + place);
      }
    }
    return found;
  }

  texts(bits) {
    const found = [];
    const postings = bits.golomb(0) + 1;
    const order = Math.max(0, width(Math.floor((3 * this.documents) / postings)) - 3);
    let text = -1;
    for (let left = postings; left > 0; left -= 1) {
      text += bits.golomb(order) + 1;
      found.push(text);
    }
    return found;
  }

  /** What lists show of a document: address, title, number, day, how it stands, whose turn it is, how its deadline stands. */
  async card(document) {
    const cards = await this.index.json(`${this.shown}/c${Math.floor(document / CARDS)}.json`);
    const [url, title, number, day, state, turn, deadline] = cards[document % CARDS];
    return { url, title, number, day, state, turn, deadline };
  }

  /** The day until which a reply is owed for each document, in days since 1970, 0 for none. */
  dues() {
    return this.index.json(`${this.shown}/due.json`);
  }

  /** The texts of a document from which snippets are cut: names, and all the rest. */
  async said(document) {
    const texts = await this.index.json(`${this.path}/t${Math.floor(document / TEXTS)}.bin`, "utf-16le");
    const [names, text] = texts[document % TEXTS];
    return { names, text };
  }

  /** A facet of all documents: the different lists of values, and for each document which of them it has. */
  async column(facet) {
    const bytes = new Uint8Array(await this.index.file(`${this.shown}/f-${facet}.bin`));
    const end = bytes.indexOf(10);
    const values = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
    const bits = new Bits(bytes, end + 1);
    const size = width(values.length - 1);
    return { values, which: Uint16Array.from({ length: this.documents }, () => bits.read(size)) };
  }
}

function varints(bytes, count) {
  const found = [];
  let at = 0;
  while (found.length < count) {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = bytes[at];
      at += 1;
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) break;
    }
    found.push(value);
  }
  return [found, at];
}
