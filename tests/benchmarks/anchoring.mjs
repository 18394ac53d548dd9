/**
 * Anchors every case of a benchmark folder with the extension's code and writes predictions for its score.py.
 *
 *   node tests/benchmarks/anchoring.mjs --data DIR --out FILE [--peer] [--json] [--trace FILE] [--passes N]
 *
 * DIR holds texts.jsonl.gz and cases.jsonl.gz. A page is anchored as an extension would: index and all its quotes
 * together, timed as one. The compiler is warmed up by one untimed pass over all pages; then page_ms is the median of
 * five passes (--passes), with the garbage of the passes included. With --peer every page is also given to an edit-distance
 * matcher in the same process (one pass, it is slow) and the ratio of the medians is printed.
 */

import { readFileSync, rmSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { build } from "../../extension/node_modules/esbuild/lib/main.js";

/** Times are scaled to this many quotes on a page. */
const QUOTES = 50;

const { values: options } = parseArgs({
  options: {
    data: { type: "string" },
    out: { type: "string" },
    peer: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    trace: { type: "string" },
    passes: { type: "string", default: "5" },
  },
});
if (!options.data || !options.out) {
  console.error("usage: anchoring.mjs --data DIR --out FILE [--peer] [--json] [--trace FILE]");
  process.exit(2);
}

const passes = Math.max(1, Number(options.passes));

async function load() {
  const folder = mkdtempSync(join(tmpdir(), "anchoring-"));
  try {
    const outfile = join(folder, "anchoring.mjs");
    const source = fileURLToPath(new URL("../../extension/src/anchoring/", import.meta.url));
    await build({
      stdin: {
        contents: 'export { PageIndex } from "./page-index"; export { anchorSteps } from "./anchor";',
        resolveDir: source,
      },
      bundle: true, format: "esm", target: "es2022", outfile, logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const read = (name) => gunzipSync(readFileSync(join(options.data, name))).toString("utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));

const { PageIndex, anchorSteps } = await load();
const texts = new Map(read("texts.jsonl.gz").map((text) => [text.id, text]));
const pages = new Map();
for (const { id, new: page, exact, prefix, suffix, start, end } of read("cases.jsonl.gz")) {
  if (!pages.has(page)) pages.set(page, []);
  pages.get(page).push({ id, exact, prefix, suffix, start, end });
}

let longestStep = 0;
function anchorPage(page, quotes, trace) {
  const steps = anchorSteps(new PageIndex(page.text, page.blocks), quotes, trace);
  for (let before = performance.now(); ;) {
    const step = steps.next();
    const now = performance.now();
    longestStep = Math.max(longestStep, now - before);
    before = now;
    if (step.done) return step.value;
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const times = new Map([...pages.keys()].map((id) => [id, []]));
for (let pass = 0; pass <= passes; pass++) {
  if (pass === 1) longestStep = 0;
  for (const [id, quotes] of pages) {
    const before = performance.now();
    anchorPage(texts.get(id), quotes);
    if (pass > 0) times.get(id).push(performance.now() - before);
  }
}

const rows = [];
const traced = [];
const scaled = [];
for (const [id, quotes] of pages) {
  const ms = median(times.get(id));
  scaled.push((ms / quotes.length) * QUOTES);
  const trace = [];
  for (const { id: name, start, end, outcome, score, margin } of anchorPage(texts.get(id), quotes, trace)) {
    const gone = start < 0;
    rows.push({ id: name, start: gone ? null : start, end: gone ? null : end, outcome, score, margin, page_ms: ms, page_n: quotes.length });
  }
  const page = texts.get(id);
  for (const one of trace) {
    const words = new PageIndex(page.text, page.blocks);
    for (const _ of words.build());
    traced.push({
      id: one.quote.raw.id, features: one.rows,
      spans: one.candidates.map((c) => [words.start[c.start], words.end[c.end - 1]]),
    });
  }
}
writeFileSync(options.out, rows.map((row) => JSON.stringify(row)).join("\n") + "\n");
if (options.trace) writeFileSync(options.trace, traced.map((row) => JSON.stringify(row)).join("\n") + "\n");

scaled.sort((a, b) => a - b);
const result = {
  pages: pages.size, quotes: rows.length, median_ms: median(scaled),
  p95_ms: scaled[Math.min(scaled.length - 1, Math.floor(0.95 * scaled.length))], longest_step_ms: longestStep,
};
if (options.peer) {
  const { anchorPeer } = await import("./anchoring_peer.mjs");
  const peer = [];
  for (const [id, quotes] of pages) {
    const { text } = texts.get(id);
    const before = performance.now();
    for (const quote of quotes) anchorPeer(text, quote);
    peer.push(((performance.now() - before) / quotes.length) * QUOTES);
  }
  result.peer_median_ms = median(peer);
  result.ratio = result.median_ms / result.peer_median_ms;
}
if (options.json) console.log(JSON.stringify(result));
else {
  console.log(`${result.pages} pages, ${result.quotes} quotes; times for ${QUOTES} quotes on a page, index included`);
  console.log(`clauselight  median ${result.median_ms.toFixed(1)} ms   p95 ${result.p95_ms.toFixed(1)} ms   longest step ${longestStep.toFixed(1)} ms`);
  if (options.peer) console.log(`peer         median ${result.peer_median_ms.toFixed(1)} ms   ratio ${result.ratio.toFixed(3)} (goal: at most 0.2)`);
}
