import { describe, expect, it } from "vitest";
import { moved, quoteAt, sentenceAt, sentencesOf, stretchOf, wholeWords } from "./words";

const TEXT = "Privacy\nWe sell your data. We keep it for U.S. law.\n12 months.  Then we delete it.";
const at = (words: string): [number, number] => [TEXT.indexOf(words), TEXT.indexOf(words) + words.length];

describe("a selection", () => {
  it("takes whole words and no blanks at its ends", () => {
    const words = (picked: string): string | undefined => {
      const found = wholeWords(TEXT, at(picked));
      return found ? TEXT.slice(...found) : undefined;
    };
    expect(words("ell your dat")).toBe("sell your data");
    expect(words(" your ")).toBe("your");
    expect(words("data.")).toBe("data.");
    expect(words("\n")).toBeUndefined();
  });

  it("does not cut letters with marks", () => {
    expect(wholeWords("über große A\u0308pfel", [1, 7])).toEqual([0, 10]);
    expect(wholeWords("A\u0308pfel", [0, 1])).toEqual([0, 6]);
  });

  it("becomes words with what stands around them, white space collapsed", () => {
    expect(quoteAt(TEXT, at("sell your data. We keep"))).toEqual({
      type: "TextQuoteSelector", exact: "sell your data. We keep", prefix: "Privacy We ", suffix: " it for U.S. law. 12 months. The",
    });
    expect(quoteAt(TEXT, [at("law.")[0], at("12 months")[1]])?.exact).toBe("law. 12 months");
    expect(quoteAt(TEXT, [0, 7])?.prefix).toBe("");
    expect(quoteAt("... !", [0, 5])).toBeNull();
  });
});

describe("sentences", () => {
  const sentences = sentencesOf(TEXT, "en");

  it("never reach beyond a block, and have no blanks at their ends", () => {
    const texts = sentences.map(([start, end]) => TEXT.slice(start, end));
    expect(texts[0]).toBe("Privacy");
    expect(texts[1]).toBe("We sell your data.");
    expect(texts.at(-1)).toBe("Then we delete it.");
    for (const text of texts) expect(text).toBe(text.trim());
    for (const text of texts) expect(text).not.toContain("\n");
  });

  it("are walked one by one, and more are added with Shift, also backwards", () => {
    let choice = { from: 1, to: 1 };
    choice = moved(choice, 1, true, sentences.length);
    expect(TEXT.slice(...stretchOf(choice, sentences))).toBe("We sell your data. We keep it for U.S. law.");
    choice = moved(choice, 1, false, sentences.length);
    expect(choice).toEqual({ from: 3, to: 3 });
    choice = moved(moved(choice, -1, true, sentences.length), -1, true, sentences.length);
    expect(stretchOf(choice, sentences)).toEqual([sentences[1]![0], sentences[3]![1]]);
    expect(moved({ from: 0, to: 0 }, -1, false, 5)).toEqual({ from: 0, to: 0 });
    expect(moved({ from: 4, to: 4 }, 1, false, 5)).toEqual({ from: 4, to: 4 });
  });

  it("are found where one reads", () => {
    expect(sentenceAt(sentences, TEXT.indexOf("sell"))).toBe(1);
    expect(sentenceAt(sentences, TEXT.length)).toBe(sentences.length - 1);
  });

  it("are found in languages without blanks", () => {
    expect(sentencesOf("我们出售您的数据。我们保留它。", "zh")).toHaveLength(2);
  });
});
