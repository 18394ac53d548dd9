import { describe, expect, it } from "vitest";
import { normalise, normalisedText } from "./normalise";

describe("normalise", () => {
  it("leads every normalised range back to the raw text it came from", () => {
    const raw = "  We\u00a0may \u201cshare\u201d\u200b your o\ufb03ce\u00ad data\u2026 ";
    const { text, toRaw } = normalise(raw);
    expect(text).toBe('We may "share" your office data...');
    const at = text.indexOf("office");
    const [start, end] = toRaw(at, at + "office".length);
    expect(raw.slice(start, end)).toBe("o\ufb03ce");
  });

  it("gives the whole text for the whole range, and an empty range for nothing", () => {
    const raw = "a\u200b b";
    const { text, toRaw } = normalise(raw);
    expect(toRaw(0, text.length)).toEqual([0, raw.length]);
    expect(toRaw(1, 1)[0]).toBe(toRaw(1, 1)[1]);
    expect(normalise("").toRaw(0, 5)).toEqual([0, 0]);
  });

  it("is the same text with and without the map", () => {
    for (const raw of ["plain  text ", "`tick`", "\u201ccurly\u201d", "tab\there", "a\u0301"]) expect(normalisedText(raw)).toBe(normalise(raw).text);
  });
});
