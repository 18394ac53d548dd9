/**
 * Which hidden parts of a page only repeat what is shown: the copy of a menu or a clause for another screen size. They are
 * left out, so that a quote is painted where the reader sees it and counts as unique.
 */

/** Hidden text within one block, as offsets in the page's text. */
export interface Stretch {
  /** Where the text before it ends. */
  readonly before: number;
  readonly start: number;
  end: number;
  /** Where the text after it begins. */
  next: number;
}

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
      if (this.text[at - 1] === EDGE && this.text[at + sentence.length] === EDGE) return true; // a whole block: a menu's item
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

/** The shown blocks, made alike, each with `EDGE` before and after it. */
function* shownText(text: string, blocks: ArrayLike<number>, hidden: readonly Stretch[]): Generator<void, string> {
  const chunks: string[] = [EDGE];
  let chunk: string[] = [];
  let done = 0;
  let next = 0;
  for (let i = 0; i < blocks.length; i++) {
    let from = blocks[i]!;
    const to = i + 1 < blocks.length ? blocks[i + 1]! - 1 : text.length;
    for (; next < hidden.length && hidden[next]!.start < to; next++) {
      if (hidden[next]!.start > from) chunk.push(text.slice(from, hidden[next]!.start), EDGE);
      from = hidden[next]!.end;
    }
    if (from < to) chunk.push(text.slice(from, to), EDGE);
    if (to - done < CHARACTERS_PER_STEP && i + 1 < blocks.length) continue;
    chunks.push(alike(chunk.join("")));
    chunk = [];
    done = to;
    yield;
  }
  return chunks.join("");
}

/**
 * The stretches that are copies: hidden text that only repeats sentences that are shown, or hidden earlier. Sentences,
 * because the copy for another screen size is often cut into blocks in another way.
 */
export function* hiddenCopies(
  text: string, blocks: ArrayLike<number>, hidden: readonly Stretch[],
): Generator<void, Stretch[]> {
  const copies: Stretch[] = [];
  let shown: Shown | null = null;
  let looked = 0;
  for (const stretch of hidden) {
    if (stretch.end - stretch.start < SHORTEST_DUPLICATE) continue;
    if (looked++ % BLOCKS_PER_STEP === 0) yield;
    const sentences = sentencesOf(alike(text.slice(stretch.start, stretch.end)));
    if (sentences.length === 0) continue;
    shown ??= new Shown(yield* shownText(text, blocks, hidden));
    let known = true;
    for (const sentence of sentences) {
      known = yield* shown.has(sentence);
      if (!known) break;
    }
    if (known) copies.push(stretch);
    for (const sentence of sentences) shown.add(sentence);
  }
  return copies;
}
