/** The text of the document in the reader, and from the user's selection to places in it and back. */
import { kindOf } from "../../overlay/elements";
import { nodeAt, type PageText } from "../../overlay/page-map";
import type { Stretch } from "./words";

type Place = Pick<PageText, "text" | "nodes" | "starts">;

/** Blocks on lines of their own. Read when it is needed: it takes a few milliseconds, and the page may have changed. */
export function readPolicy(policy: HTMLElement): Place {
  const walker = document.createTreeWalker(policy, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  const starts: number[] = [];
  let text = "";
  let last: Element | null = null;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    // Between the items of a list stands only the template's white space.
    if (node.data.trim() === "" && node.data.includes("\n")) continue;
    const block = blockOf(node, policy);
    if (last !== null && block !== last) text += "\n";
    last = block;
    nodes.push(node);
    starts.push(text.length);
    text += node.data.replaceAll("\n", " ");
  }
  return { text, nodes, starts: new Int32Array(starts) };
}

function blockOf(node: Node, policy: HTMLElement): Element {
  let element = node.parentElement!;
  while (element !== policy && kindOf(element.localName) !== "block") element = element.parentElement!;
  return element;
}

/** What is selected of the document; null for nothing. */
export function selectedStretch(policy: HTMLElement, page: Place): Stretch | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(policy)) return null;
  let start = -1;
  let end = -1;
  page.nodes.forEach((node, i) => {
    if (!range.intersectsNode(node)) return;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.data.length;
    if (to <= from) return;
    if (start < 0) start = page.starts[i]! + from;
    end = page.starts[i]! + to;
  });
  return end > start ? [start, end] : null;
}

/** Select a stretch as if the user had done so. Returns its range. */
export function select(page: Place, [start, end]: Stretch): Range | null {
  const [first, last] = [nodeAt(page, start), nodeAt(page, end - 1)];
  const [from, to] = [page.nodes[first], page.nodes[last]];
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(from, start - page.starts[first]!);
  range.setEnd(to, end - page.starts[last]!);
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  return range;
}

/** Where the text begins that is seen first: choosing by keyboard starts where one reads. */
export function offsetInView(page: Place): number {
  const range = document.createRange();
  for (let i = 0; i < page.nodes.length; i++) {
    range.selectNodeContents(page.nodes[i]!);
    if (range.getBoundingClientRect().bottom > 0) return page.starts[i]!;
  }
  return 0;
}
