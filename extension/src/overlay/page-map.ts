/** From the pieces that a walk found to one text, and from offsets in it back to nodes. No DOM access of its own. */
import { withoutHiddenCopies } from "./hidden-copies";

/** What is needed of a text node; a real `Text` fits. */
export interface TextLike {
  readonly data: string;
}

export interface Piece<Node extends TextLike = Text, Root = Document | ShadowRoot> {
  /** Null for a separator that stands for no node. */
  readonly node: Node | null;
  readonly data: string;
  readonly root: Root;
  /** A paragraph, item or cell begins here. */
  readonly newBlock: boolean;
  /** Something that is no text of the page (a script, a field, a tooltip) stands between this piece and the last. */
  readonly gap: boolean;
  /** Not shown at present. */
  readonly concealed: boolean;
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

/** Pieces joined between two pauses. */
const PIECES_PER_STEP = 2_000;

/** Join the pieces. */
export function* assemble<Node extends TextLike, Root>(
  pieces: readonly Piece<Node, Root>[],
  roots: readonly Root[],
): Generator<void, PageText<Node, Root>> {
  const keep = yield* withoutHiddenCopies(pieces);
  yield;
  const parts: string[] = [];
  const nodes: Node[] = [];
  const starts: number[] = [];
  const breaks: number[] = [];
  const blocks: number[] = [];
  let length = 0;
  let lastRoot: Root | null = null;
  let dropped = false;
  let startBlock = false;
  for (let i = 0; i < pieces.length; i++) {
    if (i > 0 && i % PIECES_PER_STEP === 0) yield;
    const piece = pieces[i]!;
    startBlock ||= piece.newBlock;
    if (!keep[i]) {
      dropped = true;
      startBlock = true;
      continue;
    }
    if (startBlock) {
      if (length > 0) {
        parts.push("\n");
        length++;
      }
      blocks.push(length);
      startBlock = false;
    }
    if (piece.node) {
      nodes.push(piece.node);
      starts.push(length);
      breaks.push(piece.gap || dropped || piece.root !== lastRoot ? 1 : 0);
      lastRoot = piece.root;
      dropped = false;
    }
    parts.push(piece.data);
    length += piece.data.length;
  }
  return {
    text: parts.join(""),
    blocks: Int32Array.from(blocks),
    nodes,
    starts: Int32Array.from(starts),
    breaks: Uint8Array.from(breaks),
    roots,
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
