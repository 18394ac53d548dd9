import { describe, expect, it } from "vitest";
import { tokenise } from "./tokens";
import { UNKNOWN, Vocabulary } from "./vocabulary";

describe("numbers of words", () => {
  it("equal words have equal numbers, whatever their case and accents", () => {
    const numbers = new Vocabulary().add(tokenise("Data of the user: data, DATÁ."));
    expect([...numbers]).toEqual([0, 1, 2, 3, 0, 0]);
  });

  it("keeps its numbers while it grows", () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `w${i}`).join(" ");
    const vocabulary = new Vocabulary();
    const first = vocabulary.add(tokenise(text));
    expect(vocabulary.add(tokenise(text))).toEqual(first);
    expect(vocabulary.size).toBe(new Set(first).size);
  });

  it("counts what it knows and leaves the rest unknown until that is learned", () => {
    const vocabulary = new Vocabulary();
    vocabulary.add(tokenise("we share data"));
    const page = tokenise("We sell data and data");
    const words = new Int32Array(page.length);
    const counts = new Int32Array(vocabulary.size);
    vocabulary.read(page, 0, page.length, words, counts);
    expect([...words]).toEqual([0, UNKNOWN, 2, UNKNOWN, 2]);
    expect([...counts]).toEqual([1, 0, 2]);
    new Vocabulary().learn(page, 0, page.length, words, 3);
    expect([...words]).toEqual([0, 3, 2, 4, 2]);
  });
});
