/**
 * Which hidden parts of a page only repeat what is shown: the copy of a menu or a clause for another screen size. They are
 * left out, so that a quote is painted where the reader sees it and counts as unique.
 */
import type { Piece } from "./page-map";

type Part = Pick<Piece, "data" | "newBlock" | "concealed">;

/** Shorter hidden sentences ("Menu", "Read more") repeat by nature; they cannot mislead and do not count. */
const SHORTEST_DUPLICATE = 24;
/** Characters of shown text made alike between two pauses: about a millisecond. */
const CHARACTERS_PER_STEP = 65_536;
/** Hidden blocks looked at between two pauses; a search reads the page's text once. */
const BLOCKS_PER_STEP = 8;
/** After so many searches it is quicker to take all shown sentences apart. */
const MAX_SEARCHES = 256;
/** Shown blocks taken apart between two pauses: paragraphs have some hundred characters, so about a millisecond. */
const SPLITS_PER_STEP = 100;
/** Between shown blocks; no text of a page has it. */
const EDGE = "\u0000";

/** White space and case do not make another text. */
function alike(text: string): string {
  return text.replace(/\s\s+|[^\S ]/g, " ").toLowerCase();
}

/** A block's sentences as they are compared. */
function sentencesOf(block: string): string[] {
  return block.split(/(?<=[.!?:;])\s/).map((sentence) => sentence.trim()).filter((sentence) => sentence.length >= SHORTEST_DUPLICATE);
}

/** The sentences that are shown. Blocks are taken apart only where a sentence in question stands. */
class Shown {
  private readonly seen = new Set<string>();
  private readonly split = new Set<number>();
  private searches = 0;
  private complete = false;

  /** `text`: the shown blocks, made alike, each with `EDGE` before and after it. */
  constructor(private readonly text: string) {}

  add(sentence: string): void {
    this.seen.add(sentence);
  }

  /** Whether it is known; what is worth a pause on the way pauses. */
  *has(sentence: string): Generator<void, boolean> {
    if (this.seen.has(sentence)) return true;
    if (!this.complete && ++this.searches > MAX_SEARCHES) yield* this.takeApart();
    if (this.complete) return this.seen.has(sentence);
    for (let at = this.text.indexOf(sentence); at >= 0; ) {
      const end = this.learn(this.text.lastIndexOf(EDGE, at) + 1);
      if (this.seen.has(sentence)) return true;
      if (++this.searches > MAX_SEARCHES) return yield* this.has(sentence);
      at = this.text.indexOf(sentence, end);
    }
    return false;
  }

  /** Note the sentences of the block at `from`; gives its end. */
  private learn(from: number): number {
    const end = this.text.indexOf(EDGE, from);
    if (!this.split.has(from)) {
      this.split.add(from);
      for (const sentence of sentencesOf(this.text.slice(from, end))) this.seen.add(sentence);
    }
    return end;
  }

  private *takeApart(): Generator<void, void> {
    let blocks = 0;
    for (let from = 1; from < this.text.length; from = this.learn(from) + 1) if (++blocks % SPLITS_PER_STEP === 0) yield;
    this.complete = true;
  }
}

/**
 * Which pieces to keep (1): a hidden block that only repeats sentences that are shown, or hidden earlier, is left out.
 * Sentences, because the copy for another screen size is often cut into blocks in another way.
 */
export function* withoutHiddenCopies(pieces: readonly Part[]): Generator<void, Uint8Array> {
  const keep = new Uint8Array(pieces.length).fill(1);
  if (!pieces.some((piece) => piece.concealed)) return keep;
  const hidden: { from: number; to: number }[] = [];
  const chunks: string[] = [EDGE];
  let chunk: string[] = [];
  let size = 0;
  for (let from = 0; from < pieces.length; ) {
    const { concealed } = pieces[from]!;
    let to = from;
    do {
      if (!concealed) {
        chunk.push(pieces[to]!.data);
        size += pieces[to]!.data.length;
      }
      to++;
    } while (to < pieces.length && !pieces[to]!.newBlock && pieces[to]!.concealed === concealed);
    if (concealed) hidden.push({ from, to });
    else chunk.push(EDGE);
    if (size >= CHARACTERS_PER_STEP || (to === pieces.length && chunk.length > 0)) {
      chunks.push(alike(chunk.join("")));
      chunk = [];
      size = 0;
      yield;
    }
    from = to;
  }
  const shown = new Shown(chunks.join(""));
  for (let i = 0; i < hidden.length; i++) {
    if (i % BLOCKS_PER_STEP === 0) yield;
    const { from, to } = hidden[i]!;
    const sentences = sentencesOf(alike(pieces.slice(from, to).map(({ data }) => data).join("")));
    let copies = sentences.length > 0;
    for (const sentence of sentences) {
      if (!copies) break;
      copies = yield* shown.has(sentence);
    }
    if (copies) keep.fill(0, from, to);
    for (const sentence of sentences) shown.add(sentence);
  }
  return keep;
}
