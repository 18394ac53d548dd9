import { describe, expect, it } from "vitest";
import { classify, DIGIT, isAstralWord, KIND_SHIFT, LOWER, SEPARATOR, SINGLE, UPPER } from "./characters";
import { foldedLookalike, isInvisible, isSpace } from "./normalise";

/** What the Unicode classes say of a character beyond ASCII, by the kinds that it may have. */
function kindsOf(character: string): number[] {
  if (/\p{Sc}/u.test(character)) return [SINGLE];
  if (/\p{N}/u.test(character)) return [DIGIT, SINGLE];
  return /[\p{L}\p{M}]/u.test(character) ? [LOWER, UPPER, SINGLE] : [SEPARATOR];
}

/** Characters that are something else by name: spaces, folded look-alikes, marks that end sentences. */
function isNamed(code: number): boolean {
  return isInvisible(code) || isSpace(code) || foldedLookalike(code) !== null || (code >= 0x300 && code <= 0x36f)
    || (code >= 0x2000 && code <= 0x206f) || (code >= 0xd800 && code <= 0xdfff)
    || [0x3002, 0xff61, 0x964, 0x61f, 0x6d4].includes(code);
}

describe("kinds of characters", () => {
  it("are those of the Unicode classes, though most are known without asking them", () => {
    const wrong: string[] = [];
    for (let code = 0x80; code < 0x10000; code++) {
      if (isNamed(code)) continue;
      if (!kindsOf(String.fromCharCode(code)).includes(classify(code) >> KIND_SHIFT)) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it("know emoji from letters beyond the first plane", () => {
    const wrong: string[] = [];
    for (let code = 0x1f000; code < 0x1fc00; code++) {
      if (isAstralWord(code) !== /[\p{L}\p{N}]/u.test(String.fromCodePoint(code))) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
    expect(isAstralWord(0x1d49c)).toBe(true);
  });
});
