import { describe, expect, it } from "vitest";
import { hiddenCopies, type Stretch } from "./hidden-copies";

interface Part {
  data: string;
  concealed: boolean;
}

const shown = (data: string): Part => ({ data, concealed: false });
const hidden = (data: string): Part => ({ data, concealed: true });

/** Each part is a block; 1 for those that are kept. */
function kept(parts: readonly Part[]): { keep: number[]; pauses: number } {
  const blocks: number[] = [];
  const stretches: (Stretch & { part: number })[] = [];
  let at = 0;
  parts.forEach(({ data, concealed }, part) => {
    blocks.push(at);
    if (concealed) stretches.push({ before: at - 1, start: at, end: at + data.length, next: at + data.length + 1, part });
    at += data.length + 1;
  });
  const steps = hiddenCopies(parts.map(({ data }) => data).join("\n"), blocks, stretches);
  for (let pauses = 0; ; pauses++) {
    const step = steps.next();
    if (!step.done) continue;
    const copies = new Set<unknown>(step.value);
    const dropped = new Set(stretches.filter((stretch) => copies.has(stretch)).map(({ part }) => part));
    return { keep: parts.map((_, part) => (dropped.has(part) ? 0 : 1)), pauses };
  }
}

/** The same rule without its shortcuts: all sentences that are shown, or hidden earlier. */
function plainly(parts: readonly Part[]): number[] {
  const sentences = (part: Part): string[] =>
    part.data.replace(/\s+/g, " ").toLowerCase().split(/(?<=[.!?:;])\s/).map((s) => s.trim()).filter((s) => s.length >= 24);
  const seen = new Set(parts.filter((part) => !part.concealed).flatMap(sentences));
  return parts.map((part) => {
    const own = part.concealed ? sentences(part) : [];
    const copy = own.length > 0 && own.every((sentence) => seen.has(sentence));
    own.forEach((sentence) => seen.add(sentence));
    return copy ? 0 : 1;
  });
}

const sentence = (n: number): string => `This is the sentence of number ${n} of them.`;

describe("hidden copies", () => {
  it("are told from parts of shown sentences", () => {
    const part = "we share your personal data";
    expect(kept([shown(`Today ${part} with all partners.`), hidden(part)]).keep).toEqual([1, 1]);
    expect(kept([shown(`Today ${part} with all partners. Also: ${part}`), hidden(part)]).keep).toEqual([1, 0]);
  });

  it.each([40, 3000])("are the same whether searched one by one or all together (%i blocks)", (count) => {
    const parts = Array.from({ length: count }, (_, i) => {
      const data = `${sentence((i * 7) % 50)}${i % 3 ? "  \n" : " "}${sentence((i * 13) % (count / 2)).toUpperCase()}`;
      return i % 2 ? hidden(data) : shown(data);
    });
    const { keep, pauses } = kept(parts);
    expect(keep).toEqual(plainly(parts));
    expect(pauses).toBeGreaterThan(count / 400);
  });

  it("cost bounded time on a page made to be searched for ever", () => {
    const parts = Array.from({ length: 20_000 }, (_, i) => (i % 2 ? hidden(`${"a ".repeat(20)}${i}.`) : shown(`${"a ".repeat(40)}${i}.`)));
    const before = performance.now();
    expect(kept(parts).keep.every((one) => one === 1)).toBe(true);
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});
