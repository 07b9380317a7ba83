// From a query to the documents that hold it, best first.

import { lookups, parse } from "./query.js";

const [TITLE, NAMES] = [8, 6];

/** Everything that matches, without order, and all there is for an empty query: the terms, the numbers of the documents, and a score for each document. */
export async function find(index, query) {
  await index.prepare(query);
  const terms = parse(query, index.fold);
  const wanted = terms.filter((term) => !term.exclude);
  const unwanted = terms.filter((term) => term.exclude);
  const scores = new Float32Array(index.documents);
  const held = new Uint8Array(index.documents); // how many of the wanted terms
  for (const times of await Promise.all(wanted.map((term) => occurrences(index, term)))) add(index, times, scores, held);
  const out = await Promise.all(unwanted.map((term) => occurrences(index, term)));
  const found = [];
  for (const segment of index.segments) {
    for (let document = 0; document < segment.documents; document += 1) {
      const number = segment.before + document;
      if (held[number] < wanted.length) continue;
      if (!out.some((times) => anywhere(times.get(segment), segment.documents, document))) found.push(number);
    }
  }
  return { terms: wanted, found: terms.length || !query.trim() ? found : [], scores };
}

/** How often a term occurs in each text of each segment. */
async function occurrences(index, term) {
  const each = await Promise.all(index.segments.map(async (segment) => [segment, await times(segment, term)]));
  return new Map(each);
}

async function times(segment, term) {
  const counts = new Uint16Array(3 * segment.documents);
  const wanted = lookups(term);
  const lists = await Promise.all(wanted.map((lookup) => segment.places(lookup)));
  if (wanted[0].kind === "alone") {
    for (const text of lists[0]) counts[text] = 1;
    return counts;
  }
  const shifted = lists.map((places, which) => ({ places, at: wanted[which].at }));
  shifted.sort((one, other) => one.places.length - other.places.length);
  let begins = shifted[0].places.map((place) => place - shifted[0].at);
  for (const { places, at } of shifted.slice(1)) begins = both(begins, places, at);
  for (const begin of begins) {
    const text = segment.text(begin >> segment.slot_bits);
    if (counts[text] < 0xffff) counts[text] += 1;
  }
  return counts;
}

/** Of the sorted `begins` those after which, `at` further on, one of the sorted `places` stands. */
function both(begins, places, at) {
  const found = [];
  let other = 0;
  for (const begin of begins) {
    while (other < places.length && places[other] - at < begin) other += 1;
    if (other === places.length) break;
    if (places[other] - at === begin) found.push(begin);
  }
  return found;
}

function anywhere(counts, documents, document) {
  return counts[document] || counts[documents + document] || counts[2 * documents + document];
}

/** Add a term to the scores: rare terms count more, titles and names more than texts, and repetition a little. */
function add(index, times, scores, held) {
  let having = 0;
  for (const [segment, counts] of times) {
    for (let document = 0; document < segment.documents; document += 1) {
      if (anywhere(counts, segment.documents, document)) having += 1;
    }
  }
  const rare = Math.log2(1 + index.documents / (having || 1));
  for (const [segment, counts] of times) {
    const { documents, before } = segment;
    for (let document = 0; document < documents; document += 1) {
      if (!anywhere(counts, documents, document)) continue;
      const often = Math.min(4, 32 - Math.clz32(counts[2 * documents + document]));
      const weight = (counts[document] && TITLE) + (counts[documents + document] && NAMES ? NAMES : 0) + often;
      scores[before + document] += rare * weight;
      held[before + document] += 1;
    }
  }
}

/** Sort what was found: by "score", days deciding between equals, by "date", or by "due", what is owed first coming first. */
export async function sorted(index, { found, scores }, by) {
  const days = new Int32Array(index.documents);
  for (const segment of index.segments) days.set(segment.dates(), segment.before);
  const newest = (one, other) => days[other] - days[one] || one - other;
  const best = (one, other) => scores[other] - scores[one] || newest(one, other);
  if (by !== "due") return found.slice().sort(by === "date" ? newest : best);
  const dues = [].concat(...(await Promise.all(index.segments.map((segment) => segment.dues()))));
  const owed = (document) => dues[document] || Infinity;
  return found.slice().sort((one, other) => (owed(one) === owed(other) ? best(one, other) : owed(one) - owed(other)));
}

/** Of what was found, what has the value of each facet in `filters`. */
export async function narrowed(index, found, filters) {
  let left = found;
  for (const [facet, value] of Object.entries(filters)) {
    const has = await values(index, facet);
    left = left.filter((document) => has(document).includes(value));
  }
  return left;
}

/** Of what was found, what is a proposal and no person, agency or page: what belongs to a session. */
export async function proposals(index, found) {
  const has = await values(index, "session");
  return found.filter((document) => has(document).length);
}

/** What of what was found is no proposal: [kind, its words] by its number. What belongs to a session is a proposal. */
export async function others(index, found) {
  const kinds = new Map();
  const gather = async (segment) => {
    const mine = found.filter((number) => number >= segment.before && number < segment.before + segment.documents);
    if (!mine.length) return;
    const session = await segment.column("session");
    const alone = mine.filter((number) => !session.values[session.which[number - segment.before]].length);
    if (!alone.length) return;
    const [kind, words] = await Promise.all([segment.column("kind"), index.json("facet-kind.json")]);
    for (const number of alone) {
      const [value] = kind.values[kind.which[number - segment.before]];
      kinds.set(number, words.find(([one]) => one === value));
    }
  };
  await Promise.all(index.segments.map(gather));
  return kinds;
}

/** How many of what was found have each value of a facet: [value, its words, count], the most first. */
export async function counted(index, found, facet) {
  const [has, words] = await Promise.all([values(index, facet), index.json(`facet-${facet}.json`)]);
  const counts = new Map();
  for (const document of found) for (const value of has(document)) counts.set(value, (counts.get(value) || 0) + 1);
  const rows = words.filter(([value]) => counts.has(value)).map(([value, word]) => [value, word, counts.get(value)]);
  return rows.sort((one, other) => other[2] - one[2]);
}

async function values(index, facet) {
  const columns = await Promise.all(index.segments.map((segment) => segment.column(facet)));
  const all = [];
  for (const { values: words, which } of columns) for (const one of which) all.push(words[one]);
  return (document) => all[document];
}
