import { describe, expect, it } from "vitest";
import { endsLine, endsSentence, endsWithMark, endsWithPause, headOf, startsSmall, startsWithMark, tailOf } from "./edges";

/** The same questions as patterns: slower to start, but each says in one line what is meant. */
const PATTERNS = {
  endsSentence: /(?:[.!?:;\u2026\u3002]["'\u2019\u201d\u00bb)\]]*|[;,]\s+\p{L}{1,3})\s*$/u,
  endsWithPause: /[,(]\s*$/,
  endsWithMark: /[^\p{L}\p{N}\s]\s*$/u,
  startsSmall: /^[^\p{L}\p{N}]*\p{Ll}/u,
  startsWithMark: /^\s*[^\p{L}\p{N}\s]/u,
  endsLine: /\n\s*$/,
};
const QUESTIONS = { endsSentence, endsWithPause, endsWithMark, startsSmall, startsWithMark, endsLine };
const PARTS = [
  ..."aZé5.,;:!?()]\"' \n-", "\u2019", "\u201d", "\u00bb", "\u2026", "\u3002", "\u00a0", "\u00b2", "\u00aa", "and", "oder", "你", "\u0301",
  "\ud83d\udd12", "\ud835\udc00", "\ud835\udc1a", "\ud800", "\udc00", "\u2003", "\u2060",
];

describe("edges of a text", () => {
  let seed = 7;
  const next = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const texts = Array.from({ length: 20_000 }, () => Array.from({ length: next() * 7 }, () => PARTS[Math.floor(next() * PARTS.length)]!).join(""));

  it.each(Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[])("%s is what its pattern says, for any text", (name) => {
    const wrong = texts.filter((text) => QUESTIONS[name](text) !== PATTERNS[name].test(text));
    expect(wrong).toEqual([]);
  });

  it("the first and the last letter or number are where patterns find them", () => {
    expect(texts.filter((text) => headOf(text) !== /^[^\p{L}\p{N}]*/u.exec(text)![0].length)).toEqual([]);
    expect(texts.filter((text) => text.length - tailOf(text) !== /[^\p{L}\p{N}]*$/u.exec(text)![0].length)).toEqual([]);
  });
});
