/**
 * The page's text with a map back to its text nodes: the only place where the DOM is read for anchoring.
 * Works in small steps, so that a caller can give the main thread back between them.
 */
import { assemble, type PageText, type Piece } from "./page-map";
import { breaksLine, isConcealed, isEditable, isUnseen, kindOf } from "./elements";

/** Longest text that is anchored, in UTF-16 units: ten times the longest policy of our collection. */
export const MAX_PAGE_TEXT = 2_097_152;
/** Most nodes that are visited: pages beyond are no documents, and the map has to stay small. */
const MAX_NODES = 1_000_000;
/** Nodes visited between two pauses: well under a millisecond. */
const NODES_PER_STEP = 200;
/** Inline elements whose style is asked for when two words touch; more than this many means one long word anyway. */
const MAX_EDGES = 8;

export class PageTooLarge extends Error {}

interface Frame {
  /** What comes next among the children; `list` for the nodes assigned to a slot. */
  next: Node | null;
  readonly list: readonly Node[] | null;
  at: number;
  readonly block: boolean;
  readonly element: Element | null;
  readonly concealed: boolean;
  readonly root: Document | ShadowRoot;
}

/** Walks one document; `pieces` and `roots` are the result. */
class Walk {
  readonly pieces: Piece[] = [];
  readonly roots: (Document | ShadowRoot)[] = [];
  private readonly frames: Frame[] = [];
  /** Hidden inline parts (tooltips, words for screen readers): read after the paragraph they interrupt. */
  private readonly deferred: { element: Element; root: Document | ShadowRoot }[] = [];
  /** Inline elements entered or left since the last text. */
  private edges: Element[] = [];
  private length = 0;
  private lastCode = 10;
  private gap = true;
  private newBlock = true;

  constructor(private readonly document: Document) {}

  *run(): Generator<void, void> {
    const top = this.document.body ?? this.document.documentElement;
    this.roots.push(this.document);
    if (!top) return;
    this.enter(top, this.document, false);
    for (let visited = 1; this.frames.length > 0; visited++) {
      if (visited % NODES_PER_STEP === 0) yield;
      if (visited > MAX_NODES || this.length > MAX_PAGE_TEXT) throw new PageTooLarge();
      this.step();
    }
  }

  private step(): void {
    const frame = this.frames[this.frames.length - 1]!;
    const node = frame.list ? (frame.list[frame.at++] ?? null) : frame.next;
    if (!node) {
      this.leave(frame);
      return;
    }
    if (!frame.list) frame.next = node.nextSibling;
    if (node.nodeType === 3) this.read(node as Text, frame);
    else if (node.nodeType === 1) this.visit(node as Element, frame);
  }

  private read(node: Text, frame: Frame): void {
    const { data } = node;
    if (data.length === 0) return;
    if (isBlank(data)) {
      // Space between blocks is nothing; between words it is one space and keeps its node.
      if (isSpaceCode(this.lastCode)) return;
    } else if (this.edges.length > 0 && !isSpaceCode(this.lastCode) && !isSpaceCode(data.charCodeAt(0))) {
      // Two words touch across element borders: only now does it matter whether the style breaks the line.
      if (this.edges.length <= MAX_EDGES && this.edges.some(breaksLine)) this.newBlock = true;
    }
    if (this.edges.length > 0) this.edges = [];
    this.pieces.push({ node, data, root: frame.root, newBlock: this.newBlock, gap: this.gap, concealed: frame.concealed });
    this.length += data.length;
    this.lastCode = data.charCodeAt(data.length - 1);
    this.newBlock = false;
    this.gap = false;
  }

  private separate(text: string): void {
    if (this.newBlock || isSpaceCode(this.lastCode)) return;
    this.pieces.push({ node: null, data: text, root: this.document, newBlock: false, gap: false, concealed: false });
    this.lastCode = 32;
  }

  private visit(element: Element, frame: Frame): void {
    const kind = kindOf(element.localName);
    if (kind === "skip") this.gap = true;
    else if (kind === "break") this.separate("\n");
    else if (kind === "field" || isEditable(element)) {
      this.gap = true;
      this.separate(" ");
    } else if (kind === "frame") this.visitFrame(element as HTMLIFrameElement, frame.concealed);
    else if (isUnseen(element) || (!frame.concealed && isConcealed(element))) {
      if (kind === "inline" && !this.newBlock) {
        this.gap = true;
        this.deferred.push({ element, root: frame.root });
      } else this.enter(element, frame.root, true);
    } else this.enter(element, frame.root, frame.concealed);
  }

  /** The documents of other origins are closed to us, as they should be. */
  private visitFrame(element: HTMLIFrameElement, concealed: boolean): void {
    let inner: Document | null = null;
    try {
      inner = element.contentDocument;
    } catch {
      inner = null;
    }
    if (!inner?.body) return;
    this.roots.push(inner);
    this.enter(inner.body, inner, concealed || isConcealed(element));
  }

  private enter(element: Element, root: Document | ShadowRoot, concealed: boolean): void {
    const block = kindOf(element.localName) !== "inline";
    if (block) this.newBlock = true;
    else this.edges.push(element);
    const shadow = element.shadowRoot;
    if (shadow) {
      this.roots.push(shadow);
      this.gap = true;
    }
    const assigned = element.localName === "slot" && "host" in root ? (element as HTMLSlotElement).assignedNodes() : [];
    if (assigned.length > 0) this.gap = true;
    this.frames.push({
      next: (shadow ?? element).firstChild,
      list: assigned.length > 0 ? assigned : null,
      at: 0,
      block,
      element,
      concealed,
      root: shadow ?? (assigned.length > 0 ? (assigned[0]!.getRootNode() as Document | ShadowRoot) : root),
    });
  }

  private leave(frame: Frame): void {
    this.frames.pop();
    if (!frame.block) {
      this.edges.push(frame.element!);
      return;
    }
    this.newBlock = true;
    if (this.deferred.length === 0) return;
    const { element, root } = this.deferred.shift()!;
    // The block is left for good only when all that was put off has been read.
    this.frames.push({ next: null, list: [], at: 0, block: true, element: null, concealed: false, root });
    this.gap = true;
    this.enter(element, root, true);
  }
}

function isBlank(data: string): boolean {
  for (let i = 0; i < data.length; i++) {
    const code = data.charCodeAt(i);
    if (code > 32 && code < 0x80) return false;
    if (!isSpaceCode(code)) return data.slice(i).trim() === "";
  }
  return true;
}

function isSpaceCode(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}

/**
 * Read a document, its open shadow roots and its same-origin frames. Yields often; the result is a snapshot.
 * Throws PageTooLarge when there is more than `MAX_PAGE_TEXT`.
 */
export function* readPage(document: Document): Generator<void, PageText> {
  const walk = new Walk(document);
  yield* walk.run();
  return yield* assemble(walk.pieces, walk.roots);
}
