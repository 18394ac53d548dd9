/** The extension answers every vector as the server's Python twin does (tests/parity/test_anchoring_parity.py). */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { anchorQuotes, diffWords, normalise, PageIndex, type Anchor, type DiffPart, type QuoteToAnchor } from "./index";

interface Vectors {
  normalise: Array<{ raw: string; text: string; ranges: Array<[number, number]> }>;
  diff: Array<{ before: string; after: string; parts: DiffPart[] }>;
  pages: Array<{ name: string; text: string; blocks: number[]; quotes: QuoteToAnchor[]; anchors: Anchor[] }>;
}

const vectors = JSON.parse(
  readFileSync(new URL("../../../shared_schema/parity/anchoring.json", import.meta.url), "utf8"),
) as Vectors;

describe("parity of anchoring", () => {
  it.each(vectors.pages)("$name", ({ text, blocks, quotes, anchors }) => {
    const answers = anchorQuotes(new PageIndex(text, blocks), quotes);
    const rounded = answers.map((a) => ({ ...a, score: +a.score.toFixed(6), margin: +a.margin.toFixed(6) }));
    expect(rounded.map(({ id, outcome, start, end }) => ({ id, outcome, start, end })))
      .toEqual(anchors.map(({ id, outcome, start, end }) => ({ id, outcome, start, end })));
    rounded.forEach((a, i) => {
      expect(a.score).toBeCloseTo(anchors[i]!.score, 5);
      expect(a.margin).toBeCloseTo(anchors[i]!.margin, 5);
    });
  });

  it.each(vectors.normalise)("normalises $raw", ({ raw, text, ranges }) => {
    const result = normalise(raw);
    expect(result.text).toBe(text);
    expect(ranges.map((_, i) => result.toRaw(i, i + 1))).toEqual(ranges);
  });

  it.each(vectors.diff)("tells $before from $after", ({ before, after, parts }) => {
    expect(diffWords(before, after)).toEqual(parts);
  });
});
