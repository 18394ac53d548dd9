/**
 * The page's text with a map back to its text nodes: the only place where the DOM is read for anchoring.
 * Works in small steps, so that a caller can give the main thread back between them.
 */
import { Assembly, type PageText } from "./page-map";
import { breaksLine, hasNoBox, isEditable, isMarkedHidden, isSeen, isUnseen, kindOf, REMARKABLE } from "./elements";

/** Longest text that is anchored, in UTF-16 units: ten times the longest policy of our collection. */
export const MAX_PAGE_TEXT = 2_097_152;
/** Most nodes that are visited: pages beyond are no documents, and the map has to stay small. */
const MAX_NODES = 1_000_000;
/** Nodes visited between two pauses: well under a millisecond. */
const NODES_PER_STEP = 200;
/** Inline elements whose style is asked for when two words touch; more than this many means one long word anyway. */
const MAX_EDGES = 8;

export class PageTooLarge extends Error {}

type Root = Document | ShadowRoot;

/** Whether the content of an element is shown. It is asked for when there is text: most elements hold none of their own. */
const UNKNOWN = 0;
const SHOWN = 1;
const CONCEALED = 2;

/** An element whose children are being read. Frames are used again: a page has thousands of elements, but few levels. */
class Frame {
  /** What comes next among the children; `list` for the nodes assigned to a slot. */
  next: Node | null = null;
  list: readonly Node[] | null = null;
  at = 0;
  block = true;
  element: Element | null = null;
  concealed = UNKNOWN;
  root!: Root;
}

/** Walks one document into `assembly`; `roots` are the documents and shadow roots it read. */
class Walk {
  readonly assembly = new Assembly();
  readonly roots: Root[] = [];
  private readonly frames: Frame[] = [];
  private depth = 0;
  private visited = 0;
  /** Elements of the roots that may be editable, aria-hidden, or for screen readers only. */
  private readonly remarkable = new Set<Element>();
  /** Hidden inline parts (tooltips, words for screen readers): read after the paragraph they interrupt. */
  private readonly deferred: { element: Element; root: Root }[] = [];
  /** Inline elements entered or left since the last text, and how many; only the first of them are kept. */
  private readonly edges: Element[] = [];
  private crossed = 0;
  private lastCode = 10;
  private gap = true;
  private newBlock = true;

  constructor(document: Document) {
    this.open(document);
    const top = document.body ?? document.documentElement;
    if (top) this.enter(top, document, UNKNOWN);
  }

  /** Visit some nodes; true when all have been visited. */
  advance(): boolean {
    for (let left = NODES_PER_STEP; left > 0 && this.depth > 0; left--) {
      const frame = this.frames[this.depth - 1]!;
      const node = frame.list ? (frame.list[frame.at++] ?? null) : frame.next;
      if (!node) {
        this.leave(frame);
        continue;
      }
      if (!frame.list) frame.next = node.nextSibling;
      const type = node.nodeType;
      if (type === 3) this.read(node as Text, frame);
      else if (type === 1) this.visit(node as Element, frame);
    }
    this.visited += NODES_PER_STEP;
    if (this.visited > MAX_NODES || this.assembly.length > MAX_PAGE_TEXT) throw new PageTooLarge();
    return this.depth === 0;
  }

  private open(root: Root): void {
    this.roots.push(root);
    for (const element of root.querySelectorAll(REMARKABLE)) this.remarkable.add(element);
  }

  private read(node: Text, frame: Frame): void {
    const { data } = node;
    if (data.length === 0) return;
    if (isBlank(data)) {
      // Space between blocks is nothing; between words it is one space and keeps its node.
      if (isSpaceCode(this.lastCode)) return;
    } else if (this.crossed > 0 && !this.newBlock && !isSpaceCode(this.lastCode) && !isSpaceCode(data.charCodeAt(0))) {
      // Two words touch across element borders: only now does it matter whether the style breaks the line.
      if (this.crossed <= MAX_EDGES && this.crossesLine()) this.newBlock = true;
    }
    this.crossed = 0;
    const concealed = frame.concealed === UNKNOWN ? this.judge(this.depth - 1) : frame.concealed;
    this.assembly.add(node, data, frame.root, this.newBlock, this.gap, concealed === CONCEALED);
    this.lastCode = data.charCodeAt(data.length - 1);
    this.newBlock = false;
    this.gap = false;
  }

  private crossesLine(): boolean {
    for (let i = 0; i < this.crossed; i++) if (breaksLine(this.edges[i]!)) return true;
    return false;
  }

  private cross(element: Element): void {
    if (this.crossed < MAX_EDGES) this.edges[this.crossed] = element;
    this.crossed++;
  }

  /** Whether what the frame holds is shown. */
  private judge(at: number): number {
    if (at < 0) return SHOWN;
    const frame = this.frames[at]!;
    if (frame.concealed === UNKNOWN && frame.element) frame.concealed = this.look(frame.element, at);
    return frame.concealed;
  }

  /** Whether an element is shown that stands in the frame before `depth`. In hidden parts no style is asked for: none is known. */
  private look(element: Element, depth: number): number {
    if (isSeen(element)) return SHOWN;
    return this.judge(depth - 1) === SHOWN && hasNoBox(element) ? SHOWN : CONCEALED;
  }

  private separate(text: string): void {
    if (this.newBlock || isSpaceCode(this.lastCode)) return;
    this.assembly.separate(text);
    this.lastCode = 32;
  }

  private visit(element: Element, frame: Frame): void {
    const kind = kindOf(element.localName);
    if (kind === "skip") {
      this.gap = true;
      return;
    }
    if (kind === "break") {
      this.separate("\n");
      return;
    }
    let concealed = frame.concealed === CONCEALED ? CONCEALED : UNKNOWN;
    let editable = false;
    let unseen = false;
    if (this.remarkable.size > 0 && this.remarkable.has(element)) {
      editable = isEditable(element);
      unseen = isUnseen(element);
      if (unseen || isMarkedHidden(element)) concealed = CONCEALED;
    }
    if (kind === "field" || editable) {
      this.gap = true;
      this.separate(" ");
    } else if (kind === "frame") this.visitFrame(element as HTMLIFrameElement, concealed);
    else if (kind === "inline" && !this.newBlock && (unseen || frame.concealed !== CONCEALED)) {
      // In the midst of a paragraph: what is hidden there must not tear it apart.
      if (concealed === UNKNOWN) concealed = this.look(element, this.depth);
      if (unseen || (concealed === CONCEALED && this.judge(this.depth - 1) === SHOWN)) {
        this.gap = true;
        this.deferred.push({ element, root: frame.root });
      } else this.enter(element, frame.root, concealed);
    } else this.enter(element, frame.root, concealed);
  }

  /** The documents of other origins are closed to us, as they should be. */
  private visitFrame(element: HTMLIFrameElement, concealed: number): void {
    let inner: Document | null = null;
    try {
      inner = element.contentDocument;
    } catch {
      inner = null;
    }
    if (!inner?.body) return;
    this.open(inner);
    if (concealed === UNKNOWN) concealed = this.look(element, this.depth);
    this.enter(inner.body, inner, concealed === CONCEALED ? CONCEALED : UNKNOWN);
  }

  private enter(element: Element, root: Root, concealed: number): void {
    const tag = element.localName;
    const block = kindOf(tag) !== "inline";
    if (block) this.newBlock = true;
    else this.cross(element);
    const frame = this.push();
    frame.block = block;
    frame.element = element;
    frame.concealed = concealed;
    frame.root = root;
    const shadow = element.shadowRoot;
    if (shadow) {
      this.open(shadow);
      this.gap = true;
      frame.root = shadow;
      frame.next = shadow.firstChild;
    } else frame.next = element.firstChild;
    if (tag !== "slot" || !("host" in root)) return;
    const assigned = (element as HTMLSlotElement).assignedNodes();
    if (assigned.length === 0) return;
    this.gap = true;
    frame.list = assigned;
    if (!shadow) frame.root = assigned[0]!.getRootNode() as Root;
  }

  private push(): Frame {
    const frame = (this.frames[this.depth++] ??= new Frame());
    frame.list = null;
    frame.at = 0;
    return frame;
  }

  private leave(frame: Frame): void {
    this.depth--;
    if (!frame.block) {
      this.cross(frame.element!);
      return;
    }
    this.newBlock = true;
    if (this.deferred.length === 0) return;
    const { element, root } = this.deferred.shift()!;
    // The block is left for good only when all that was put off has been read.
    const wrapper = this.push();
    wrapper.next = null;
    wrapper.block = true;
    wrapper.element = null;
    wrapper.concealed = SHOWN;
    wrapper.root = root;
    this.gap = true;
    this.enter(element, root, CONCEALED);
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
  while (!walk.advance()) yield;
  return yield* walk.assembly.finish(walk.roots);
}
