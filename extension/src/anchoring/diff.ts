/** What changed between the recorded words and the page's words, for the card and the panel. */

export interface DiffPart {
  kind: "same" | "removed" | "added";
  text: string;
}

/** Above this many word pairs only the common beginning and end are told apart, to keep the work bounded. */
const MAX_CELLS = 1_000_000;

/** Words with the white space after them, so that the parts read well when joined. CJK characters are words. */
const PIECE = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]\s*|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+\s*|\s+/g;

function pieces(text: string): string[] {
  return text.match(PIECE) ?? [];
}

/** Words are the same word whatever their case, quotation marks and dashes. */
function key(piece: string): string {
  return piece.trim().toLowerCase().replace(/[\u2018\u2019\u201b\u2032]/g, "'").replace(/[\u201c-\u201f\u2033]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "");
}

/**
 * Word-by-word difference by longest common subsequence. Joining `same` and `removed` gives `before` (up to
 * white space and look-alike characters); joining `same` and `added` gives `after`, verbatim.
 */
export function diffWords(before: string, after: string): DiffPart[] {
  const a = pieces(before);
  const b = pieces(after);
  const ka = a.map(key);
  const kb = b.map(key);
  const parts: DiffPart[] = [];
  const push = (kind: DiffPart["kind"], text: string): void => {
    const last = parts[parts.length - 1];
    if (last?.kind === kind) last.text += text;
    else parts.push({ kind, text });
  };
  let head = 0;
  while (head < a.length && head < b.length && ka[head] === kb[head]) push("same", b[head++]!);
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && ka[a.length - 1 - tail] === kb[b.length - 1 - tail]) tail++;
  const n = a.length - head - tail;
  const m = b.length - head - tail;
  let i = 0;
  let j = 0;
  if (n > 0 && m > 0 && n * m <= MAX_CELLS) {
    const width = m + 1;
    const lcs = new Uint16Array((n + 1) * width);
    for (let x = n - 1; x >= 0; x--) {
      for (let y = m - 1; y >= 0; y--) {
        lcs[x * width + y] = ka[head + x] === kb[head + y]
          ? lcs[(x + 1) * width + y + 1]! + 1
          : Math.max(lcs[(x + 1) * width + y]!, lcs[x * width + y + 1]!);
      }
    }
    while (i < n && j < m) {
      if (ka[head + i] === kb[head + j]) {
        push("same", b[head + j]!);
        i++;
        j++;
      } else if (lcs[(i + 1) * width + j]! >= lcs[i * width + j + 1]!) push("removed", a[head + i++]!);
      else push("added", b[head + j++]!);
    }
  }
  while (i < n) push("removed", a[head + i++]!);
  while (j < m) push("added", b[head + j++]!);
  for (let t = tail; t > 0; t--) push("same", b[b.length - t]!);
  return parts;
}
