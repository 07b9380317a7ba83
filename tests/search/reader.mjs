// Answers questions about an index on standard input, one JSON a line, with the reader that the site uses.

import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

const [folder] = process.argv.slice(2); // of the reader's modules
const load = (name) => import(new URL(`${name}.js`, `file://${folder}/`).href);
const [{ Index }, { find, sorted, counted, narrowed }, { located, snippet, marked }, { pieces }, { Fold }] = await Promise.all(
  ["index", "find", "snippet", "query", "fold"].map(load),
);

/** An index on disk, and what was read of it. */
async function opened(path, read) {
  return Index.open(async (file) => {
    const bytes = await readFile(`${path}/${file}`);
    read.push([file, bytes.length]);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  });
}

const asked = {
  async find({ path, query, by = "score", filters = {}, facets = [], snippets = false }) {
    const read = [];
    const index = await opened(path, read);
    const result = await find(index, query);
    const found = await narrowed(index, await sorted(index, result, by), filters);
    const counts = {};
    for (const facet of facets) counts[facet] = await counted(index, found, facet);
    const hits = [];
    for (const document of found) {
      const segment = index.holder(document);
      const card = await segment.card(document - segment.before);
      const hit = { ...card, score: result.scores[document] };
      if (snippets) {
        const said = await segment.said(document - segment.before);
        hit.marked = marked(card.title, await located(index, card.title, result.terms));
        hit.snippet = snippet(said.text, await located(index, said.text, result.terms));
      }
      hits.push(hit);
    }
    return { total: found.length, hits, counts, read };
  },
  async count({ path, query }) {
    const index = await opened(path, []);
    const { found } = await find(index, query);
    const cards = found.map((document) => {
      const segment = index.holder(document);
      return segment.card(document - segment.before);
    });
    return (await Promise.all(cards)).map(({ url }) => url);
  },
  async pieces({ query }) {
    return pieces(query);
  },
  async fold({ rules, pairs, texts }) {
    const fold = new Fold(rules);
    const needed = texts.map((text) => Boolean(fold.needsPairs(text)));
    fold.learn(pairs);
    return { needed, units: texts.map((text) => fold.units(text)) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { what, ...rest } = JSON.parse(line);
  let answer;
  try {
    answer = { answer: await asked[what](rest) };
  } catch (error) {
    answer = { error: String(error.stack || error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
