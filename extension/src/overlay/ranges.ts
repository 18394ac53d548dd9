/** Offsets in the page text -> DOM ranges. */
import { spansOf, type PageText } from "./page-map";

/**
 * Live ranges of [start, end); one per root and per gap. Nodes that the page has thrown out since the walk are
 * left out: the next walk finds their successors.
 */
export function rangesOf(page: PageText, start: number, end: number): Range[] {
  const ranges: Range[] = [];
  for (const span of spansOf(page, start, end)) {
    if (!span.startNode.isConnected || !span.endNode.isConnected) continue;
    const range = span.startNode.ownerDocument.createRange();
    try {
      range.setStart(span.startNode, Math.min(span.startOffset, span.startNode.data.length));
      range.setEnd(span.endNode, Math.min(span.endOffset, span.endNode.data.length));
    } catch {
      continue;
    }
    if (!range.collapsed) ranges.push(range);
  }
  return ranges;
}

/** Whether two lists cover the same places of the same nodes. */
export function sameRanges(a: readonly Range[], b: readonly Range[]): boolean {
  return a.length === b.length && a.every((one, i) => {
    const other = b[i]!;
    return one.startContainer === other.startContainer && one.startOffset === other.startOffset
      && one.endContainer === other.endContainer && one.endOffset === other.endOffset;
  });
}

/** An element that holds the range's beginning. */
export function elementOf(range: Range): Element | null {
  const node = range.startContainer;
  return node.nodeType === 1 ? (node as Element) : node.parentElement;
}

/** Where a frame's document stands in the top window's viewport, in CSS pixels; zero for the top document. */
export function frameOffset(document: Document): { x: number; y: number } {
  let x = 0;
  let y = 0;
  let view = document.defaultView;
  while (view && view !== globalThis.window && view.frameElement) {
    const box = view.frameElement.getBoundingClientRect();
    x += box.left + view.frameElement.clientLeft;
    y += box.top + view.frameElement.clientTop;
    view = view.parent as typeof view;
  }
  return { x, y };
}

/** Closed sections (content-visibility) have boxes, too, yet nobody sees them. */
function isShown(range: Range): boolean {
  return elementOf(range)?.checkVisibility({ visibilityProperty: true }) ?? false;
}

/** First line box of the ranges in the top viewport, or null when nothing of them is shown. */
export function firstBox(ranges: readonly Range[]): DOMRect | null {
  for (const range of ranges) {
    if (!isShown(range)) continue;
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      const offset = frameOffset(range.startContainer.ownerDocument!);
      return new DOMRect(rect.left + offset.x, rect.top + offset.y, rect.width, rect.height);
    }
  }
  return null;
}

/** What can be seen of the ranges, as one box in the top viewport; null when nothing of them is shown. */
export function visibleBox(ranges: readonly Range[]): { left: number; top: number; right: number; bottom: number } | null {
  let box: { left: number; top: number; right: number; bottom: number } | null = null;
  for (const range of ranges) {
    if (!isShown(range)) continue;
    const offset = frameOffset(range.startContainer.ownerDocument!);
    for (const rect of range.getClientRects()) {
      const top = rect.top + offset.y;
      const bottom = rect.bottom + offset.y;
      if (rect.width < 1 || rect.height < 1 || bottom < 0 || top > window.innerHeight) continue;
      const left = rect.left + offset.x;
      const right = rect.right + offset.x;
      box = box
        ? { left: Math.min(box.left, left), top: Math.min(box.top, top), right: Math.max(box.right, right), bottom: Math.max(box.bottom, bottom) }
        : { left, top, right, bottom };
    }
  }
  return box;
}

/** The text that the ranges stand in: its edges, in the top viewport. */
export function blockBox(ranges: readonly Range[]): DOMRect | null {
  const element = ranges[0] ? elementOf(ranges[0]) : null;
  const block = element?.closest("p,li,td,dd,dt,blockquote,div,section,article") ?? element;
  if (!block) return null;
  const offset = frameOffset(block.ownerDocument);
  const box = block.getBoundingClientRect();
  return new DOMRect(box.left + offset.x, box.top + offset.y, box.width, box.height);
}
