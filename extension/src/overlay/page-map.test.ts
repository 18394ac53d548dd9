import { describe, expect, it } from "vitest";
import { Assembly, nodeAt, spansOf, type PageText } from "./page-map";

interface Word {
  data: string;
}
interface TestPiece {
  /** Null for a separator that stands for no node. */
  node: Word | null;
  data: string;
  root: string;
  newBlock: boolean;
  gap: boolean;
  concealed: boolean;
}

function piece(data: string, more: Partial<Omit<TestPiece, "data">> = {}): TestPiece {
  return { node: { data }, data, root: "page", newBlock: false, gap: false, concealed: false, ...more };
}

function join(pieces: TestPiece[]): PageText<Word, string> {
  const assembly = new Assembly<Word, string>();
  for (const { node, data, root, newBlock, gap, concealed } of pieces) {
    if (node) assembly.add(node, data, root, newBlock, gap, concealed);
    else assembly.separate(data);
  }
  const steps = assembly.finish(["page"]);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The text that spans hold, for spans within one node. */
function read(page: PageText<Word, string>, start: number, end: number): string[] {
  return spansOf(page, start, end).map((span) => {
    const from = page.nodes.indexOf(span.startNode);
    const to = page.nodes.indexOf(span.endNode);
    return page.nodes
      .slice(from, to + 1)
      .map((node, i) => node.data.slice(i === 0 ? span.startOffset : 0, i === to - from ? span.endOffset : undefined))
      .join("");
  });
}

describe("text of a page", () => {
  it("separates blocks and keeps the words of one block together", () => {
    const page = join([piece("Privacy", { newBlock: true }), piece("We sell ", { newBlock: true }), piece("your"), piece(" data.")]);
    expect(page.text).toBe("Privacy\nWe sell your data.");
    expect([...page.blocks]).toEqual([0, 8]);
    expect(nodeAt(page, 0)).toBe(0);
    expect(nodeAt(page, 16)).toBe(2);
  });

  it("gives one range for a sentence that is broken over inline elements", () => {
    const page = join([piece("We sell ", { newBlock: true }), piece("your"), piece(" data.")]);
    expect(read(page, 3, 17)).toEqual(["sell your data"]);
  });

  it("cuts a range where something else stands between, and between roots", () => {
    const page = join([
      piece("We may share ", { newBlock: true }),
      piece("your data", { gap: true }),
      piece(" with partners", { root: "shadow" }),
    ]);
    expect(read(page, 0, page.text.length)).toEqual(["We may share ", "your data", " with partners"]);
  });

  it("gives nothing for an empty range and for offsets beyond the text", () => {
    const page = join([piece("Hello", { newBlock: true })]);
    expect(spansOf(page, 2, 2)).toEqual([]);
    expect(spansOf(page, 5, 90)).toEqual([]);
    expect(spansOf(join([]), 0, 10)).toEqual([]);
  });

  it("leaves out a separator that belongs to no node", () => {
    const page = join([piece("one", { newBlock: true }), piece("\n", { node: null }), piece("two")]);
    expect(page.text).toBe("one\ntwo");
    expect(read(page, 0, 7)).toEqual(["onetwo"]);
  });
});

describe("hidden parts", () => {
  const clause = "We may share your personal data with partners.";

  it("are read when they say something of their own", () => {
    const page = join([piece("Shown", { newBlock: true }), piece(clause, { newBlock: true, concealed: true })]);
    expect(page.text).toContain(clause);
  });

  it("are left out when they repeat what is shown, wherever it stands", () => {
    const hidden = piece(`  ${clause.replace(" ", "\n  ")} `, { newBlock: true, concealed: true });
    const shown = piece(clause, { newBlock: true });
    for (const order of [[hidden, shown], [shown, hidden]]) {
      const page = join(order);
      expect(page.text).toBe(clause);
      expect(page.nodes).toEqual([shown.node]);
    }
  });

  it("are left out when the shown copy is cut into blocks in another way", () => {
    const shown = piece(`This page was written for a test. ${clause} And more.`, { newBlock: true });
    const page = join([piece(clause, { newBlock: true, concealed: true }), shown]);
    expect(page.text).toBe(shown.data);
  });

  it("are kept when they repeat what is shown but also say something of their own", () => {
    const own = "Until next year we sell it as well.";
    const page = join([piece(`${clause} ${own}`, { newBlock: true, concealed: true }), piece(clause, { newBlock: true })]);
    expect(page.text).toContain(own);
  });

  it("are read once when several hidden parts say the same", () => {
    const page = join([1, 2, 3].map(() => piece(clause, { newBlock: true, concealed: true })));
    expect(page.text).toBe(clause);
  });

  it("do not take part of a shown block with them", () => {
    const page = join([piece(clause, { newBlock: true }), piece("Shown ", { newBlock: true }), piece(clause, { concealed: true }), piece("end")]);
    expect(page.text).toContain("Shown");
    expect(page.text).toContain("end");
    expect(read(page, page.text.indexOf("Shown"), page.text.length)).toEqual(["Shown ", "end"]);
  });
});
