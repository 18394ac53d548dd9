import { describe, expect, it } from "vitest";
import { markWords } from "./deciding-words";

const marked = (quote: string, ...words: string[]): string =>
  markWords(quote, words).map(({ text, decided }) => (decided ? `[${text}]` : text)).join("");

describe("the words that decided", () => {
  it("are marked wherever they stand, in any case", () => {
    expect(marked("We sell data. SELL means sell.", "sell")).toBe("We [sell] data. [SELL] means [sell].");
  });

  it("may be phrases, over any white space", () => {
    expect(marked("trains machine-learning\n models", "machine-learning models")).toBe("trains [machine-learning\n models]");
  });

  it("are whole words if they stand as such, else parts of words", () => {
    expect(marked("We share shared shares", "share")).toBe("We [share] shared shares");
    expect(marked("We are sharing", "shar")).toBe("We are [shar]ing");
  });

  it("overlap without nesting", () => {
    expect(marked("third party partners", "third party", "party partners")).toBe("[third party partners]");
  });

  it("are text, whatever they hold", () => {
    expect(marked("pay $5 (five)", "$5 (five)", "", "  ", ".*")).toBe("pay [$5 (five)]");
    expect(marked("", "x")).toBe("");
    expect(marked("nothing here", "absent")).toBe("nothing here");
  });

  it("lose no character of the quote", () => {
    const quote = "Señor, we — “may” — sell\u00a0your data.";
    expect(markWords(quote, ["may", "sell your", "señor"]).map(({ text }) => text).join("")).toBe(quote);
  });
});
