/** Where in a quote the words stand that decided about a label. Pure text. */

export interface Part {
  readonly text: string;
  readonly decided: boolean;
}

/**
 * The quote in pieces, those of the deciding words marked. White space and case do not matter; a word is found as a
 * whole one first, and as a part of words only when it stands nowhere by itself (a classifier may know stems).
 */
export function markWords(quote: string, words: readonly string[]): Part[] {
  const marked = new Uint8Array(quote.length);
  for (const word of words) {
    const pattern = word.trim().split(/\s+/).map(escaped).join("\\s+");
    if (pattern === "") continue;
    if (!mark(marked, quote, `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`)) mark(marked, quote, pattern);
  }
  const parts: Part[] = [];
  for (let start = 0, end = 0; start < quote.length; start = end) {
    while (end < quote.length && marked[end] === marked[start]) end++;
    parts.push({ text: quote.slice(start, end), decided: marked[start] === 1 });
  }
  return parts;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function mark(marked: Uint8Array, quote: string, pattern: string): boolean {
  let found = false;
  for (const { 0: text, index } of quote.matchAll(new RegExp(pattern, "giu"))) {
    marked.fill(1, index, index + text.length);
    found = true;
  }
  return found;
}
