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

/** First line box of the ranges in the top viewport, or null when nothing of them is shown. */
export function firstBox(ranges: readonly Range[]): DOMRect | null {
  for (const range of ranges) {
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      const offset = frameOffset(range.startContainer.ownerDocument!);
      return new DOMRect(rect.left + offset.x, rect.top + offset.y, rect.width, rect.height);
    }
  }
  return null;
}
