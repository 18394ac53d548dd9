/** From the pieces that a walk finds to one text, and from offsets in it back to nodes. No DOM access of its own. */
import { hiddenCopies, type Stretch } from "./hidden-copies";

/** What is needed of a text node; a real `Text` fits. */
export interface TextLike {
  readonly data: string;
}

export interface PageText<Node extends TextLike = Text, Root = Document | ShadowRoot> {
  readonly text: string;
  /** Ascending offsets at which blocks begin. */
  readonly blocks: Int32Array;
  readonly nodes: readonly Node[];
  /** Offset of each node's text; ascending. */
  readonly starts: Int32Array;
  /** Per node: 1 when one range must not run from the node before into this one. */
  readonly breaks: Uint8Array;
  /** Documents and shadow roots that were read. */
  readonly roots: readonly Root[];
}

/** Builds the text of a page from its pieces, in order. Plain lists, filled as the walk goes: nothing is read twice. */
export class Assembly<Node extends TextLike = Text, Root = Document | ShadowRoot> {
  /** Length of the text so far. */
  length = 0;
  private readonly parts: string[] = [];
  private readonly blocks: number[] = [];
  private readonly nodes: Node[] = [];
  private readonly starts: number[] = [];
  private readonly breaks: number[] = [];
  /** What is not shown at present; no stretch reaches beyond a block. */
  private readonly hidden: Stretch[] = [];
  private lastRoot: Root | null = null;
  private wasHidden = false;

  /**
   * Text of a node. `newBlock`: a paragraph, item or cell begins here. `gap`: something that is no text of the page (a
   * script, a field, a tooltip) stands between this piece and the last. `concealed`: it is not shown at present.
   */
  add(node: Node, data: string, root: Root, newBlock: boolean, gap: boolean, concealed: boolean): void {
    const end = this.length;
    if (newBlock) {
      if (end > 0) {
        this.parts.push("\n");
        this.length++;
      }
      this.blocks.push(this.length);
    }
    if (concealed || this.wasHidden) this.mark(end, newBlock, concealed);
    this.nodes.push(node);
    this.starts.push(this.length);
    this.breaks.push(gap || root !== this.lastRoot ? 1 : 0);
    this.lastRoot = root;
    this.parts.push(data);
    this.length += data.length;
    if (concealed) this.hidden[this.hidden.length - 1]!.end = this.length;
  }

  /** Text that stands for no node; it belongs to the piece before. */
  separate(data: string): void {
    this.parts.push(data);
    this.length += data.length;
  }

  /** Note where hidden text begins and where shown text goes on after it. */
  private mark(before: number, newBlock: boolean, concealed: boolean): void {
    const { hidden, length } = this;
    if (this.wasHidden) {
      if (concealed && !newBlock) return;
      hidden[hidden.length - 1]!.next = length;
    }
    if (concealed) hidden.push({ before, start: length, end: length, next: Infinity });
    this.wasHidden = concealed;
  }

  /** The page, without hidden parts that only repeat what is shown. */
  *finish(roots: readonly Root[]): Generator<void, PageText<Node, Root>> {
    const text = this.parts.join("");
    yield;
    const page: PageText<Node, Root> = {
      text,
      blocks: new Int32Array(this.blocks),
      nodes: this.nodes,
      starts: new Int32Array(this.starts),
      breaks: new Uint8Array(this.breaks),
      roots,
    };
    if (this.hidden.length === 0) return page;
    const copies = yield* hiddenCopies(text, page.blocks, this.hidden);
    return copies.length === 0 ? page : yield* without(page, copies);
  }
}

/** The page without some stretches. What stood on both sides of one does not become one block, nor one range. */
function* without<Node extends TextLike, Root>(
  page: PageText<Node, Root>, stretches: readonly Stretch[],
): Generator<void, PageText<Node, Root>> {
  const parts: string[] = [];
  const blocks: number[] = [];
  const nodes: Node[] = [];
  const starts: number[] = [];
  const breaks: number[] = [];
  let length = 0;
  let block = 0;
  let node = 0;
  for (let k = -1; k < stretches.length; k++) {
    const from = k < 0 ? 0 : Math.min(stretches[k]!.next, page.text.length);
    const to = k + 1 < stretches.length ? stretches[k + 1]!.before : page.text.length;
    if (to <= from) continue;
    yield;
    if (length > 0) {
      parts.push("\n");
      length++;
    }
    const shift = length - from;
    blocks.push(length);
    while (block < page.blocks.length && page.blocks[block]! <= from) block++;
    for (; block < page.blocks.length && page.blocks[block]! < to; block++) blocks.push(page.blocks[block]! + shift);
    while (node < page.nodes.length && page.starts[node]! < from) node++;
    for (let first = true; node < page.nodes.length && page.starts[node]! < to; node++, first = false) {
      nodes.push(page.nodes[node]!);
      starts.push(page.starts[node]! + shift);
      breaks.push(first ? 1 : page.breaks[node]!);
    }
    parts.push(page.text.slice(from, to));
    length += to - from;
  }
  return {
    text: parts.join(""), blocks: new Int32Array(blocks), nodes, starts: new Int32Array(starts), breaks: new Uint8Array(breaks),
    roots: page.roots,
  };
}

/** Index of the last node that begins at or before `offset`; -1 when none does. */
export function nodeAt(page: Pick<PageText<TextLike, unknown>, "starts">, offset: number): number {
  let low = 0;
  let high = page.starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (page.starts[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A stretch of the page within one root: from an offset in one node to an offset in the same or a later one. */
export interface Span<Node extends TextLike = Text> {
  readonly startNode: Node;
  readonly startOffset: number;
  readonly endNode: Node;
  readonly endOffset: number;
}

/** The fewest spans that hold exactly the text [start, end), leaving out what is no text of the page. */
export function spansOf<Node extends TextLike>(page: PageText<Node, unknown>, start: number, end: number): Span<Node>[] {
  const spans: { -readonly [key in keyof Span<Node>]: Span<Node>[key] }[] = [];
  for (let i = Math.max(0, nodeAt(page, start)); i < page.nodes.length; i++) {
    const from = page.starts[i]!;
    if (from >= end) break;
    const node = page.nodes[i]!;
    const first = Math.max(0, start - from);
    const last = Math.min(node.data.length, end - from);
    if (last <= first) continue;
    const open = spans[spans.length - 1];
    if (open && page.breaks[i] === 0) {
      open.endNode = node;
      open.endOffset = last;
    } else spans.push({ startNode: node, startOffset: first, endNode: node, endOffset: last });
  }
  return spans;
}
