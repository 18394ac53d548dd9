import { describe, expect, it } from "vitest";
import { BLOCK_START, SENTENCE_START, TokenList, Tokeniser } from "./tokens";

interface Word {
  text: string;
  hash: number;
  flags: number;
}

function read(text: string, blocks: readonly number[] = [], step = Infinity): Word[] {
  const reader = new Tokeniser(text, blocks, new TokenList(2));
  for (let to = step; !reader.advance(to); to += step);
  const { length, first, start, end, flags } = reader.tokens;
  return Array.from({ length }, (_, i) => ({ text: text.slice(start[i], end[i]), hash: first[i]!, flags: flags[i]! }));
}

const wordsOf = (text: string, blocks?: readonly number[]): string[] => read(text, blocks).map((word) => word.text);

describe("words of a text", () => {
  it("are runs of letters or digits, also where they touch", () => {
    expect(wordsOf("We (the “Company”) use 24h-logs, e.g. yourData2.")).toEqual(
      ["We", "the", "Company", "use", "24", "h", "logs", "e", "g", "your", "Data", "2"],
    );
  });

  it("keep apostrophes between letters, and what is invisible, inside", () => {
    expect(wordsOf("don’t O'Neill's 'quoted' par\u00adtners 90’s")).toEqual(["don’t", "O'Neill's", "quoted", "par\u00adtners", "90", "s"]);
  });

  it("are the same however they are drawn", () => {
    const [plain, ...drawn] = ["confiné", "CONFINÉ", "con\u00adfine\u0301", "conﬁné", "con\u200bfiné"].map((text) => read(text)[0]!.hash);
    expect(drawn).toEqual(drawn.map(() => plain));
    expect(read("don't")[0]!.hash).toBe(read("DON’T")[0]!.hash);
  });

  it("end where a block does", () => {
    expect(wordsOf("termsprivacy", [0, 5])).toEqual(["terms", "privacy"]);
  });

  it("are signs of their own in scripts without spaces, and for money", () => {
    expect(wordsOf("我们 $5 5%")).toEqual(["我", "们", "$", "5", "5", "%"]);
  });
});

describe("beginnings", () => {
  it("of sentences follow a stop and a space, unless a small letter or an abbreviation stands there", () => {
    const words = read("We sell. You pay. and so on. U.S. Law. Version 2.5 is new! 好。再见");
    const starts = words.filter(({ flags }) => flags & SENTENCE_START).map(({ text }) => text);
    expect(starts).toEqual(["We", "You", "U", "Version", "好", "再"]);
  });

  it("of blocks are beginnings of sentences", () => {
    const words = read("one two three", [0, 8]);
    expect(words.map(({ flags }) => flags)).toEqual([BLOCK_START | SENTENCE_START, 0, BLOCK_START | SENTENCE_START]);
  });
});

it("is read the same in pieces of any length", () => {
  const text = "Our U.S. partners’ data: don’t sell 24h e-mails… “Ok.” 我们。 Data\u00adbase A. B. conﬁdential\n\n• Ünited 5 %";
  const blocks = [0, 30, 31, 60];
  const whole = read(text, blocks);
  for (let step = 1; step < 40; step++) expect(read(text, blocks, step)).toEqual(whole);
});
