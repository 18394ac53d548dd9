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

  it("leaves alone what has a number", () => {
    const vocabulary = new Vocabulary();
    vocabulary.add(tokenise("we share data"));
    const page = tokenise("We sell data and data");
    const words = new Int32Array([7, UNKNOWN, UNKNOWN, UNKNOWN, 7]);
    vocabulary.learn(page, 0, page.length, words);
    expect([...words]).toEqual([7, 3, 2, 4, 7]);
  });
});
