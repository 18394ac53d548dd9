/**
 * Text as a reader sees it: white space, quotation marks, dashes, ligatures and invisible characters differ
 * between renderings of the same policy, so they are made alike, with a map back to the raw offsets.
 */

export interface NormalisedText {
  readonly text: string;
  /** Raw UTF-16 offsets of the normalised range [start, end): from its first to after its last character. */
  toRaw(start: number, end: number): [number, number];
}

/** Characters that print nothing: soft hyphen, zero-width, direction and variation marks, controls. */
export function isInvisible(code: number): boolean {
  if (code < 0x20) return code < 9 || code > 13;
  if (code < 0xad) return code >= 0x7f && code < 0xa0 && code !== 0x85;
  return code === 0xad || code === 0x34f || code === 0x61c || (code >= 0x180b && code <= 0x180e)
    || (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e)
    || (code >= 0x2060 && code <= 0x206f) || (code >= 0xfe00 && code <= 0xfe0f) || code === 0xfeff;
}

/** White space of every width, and the bullets that a renderer puts before a list item. */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 9 && code <= 13);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return code === 0x1680 || (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029
    || code === 0x202f || code === 0x205f || code === 0x3000 || isBullet(code);
}

function isBullet(code: number): boolean {
  return code === 0x2022 || code === 0x2023 || code === 0x2043 || code === 0x2219 || code === 0x25a0
    || code === 0x25a1 || code === 0x25aa || code === 0x25ab || code === 0x25cb || code === 0x25cf || code === 0x25e6;
}

/** Look-alikes that stand for one another between renderings. */
const FOLDED = new Map<number, string>();
function fold(to: string, ...codes: number[]): void {
  for (const code of codes) FOLDED.set(code, to);
}
fold("'", 0x60, 0xb4, 0x2bc, 0x2018, 0x2019, 0x201a, 0x201b, 0x2032, 0x2035, 0x2039, 0x203a);
fold('"', 0xab, 0xbb, 0x201c, 0x201d, 0x201e, 0x201f, 0x2033, 0x2036, 0x301d, 0x301e, 0x301f);
fold("-", 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xfe58, 0xfe63);
fold("...", 0x2026);
["ff", "fi", "fl", "ffi", "ffl", "st", "st"].forEach((letters, i) => fold(letters, 0xfb00 + i));
for (let code = 0xff01; code <= 0xff5e; code++) fold(String.fromCharCode(code - 0xfee0), code);

/** The folded form of a UTF-16 unit, or null when it stands for itself. */
export function foldedLookalike(code: number): string | null {
  return FOLDED.get(code) ?? null;
}

/** Normalise a page or a quote. Runs of white space become one space; none is kept at either end. */
export function normalise(raw: string): NormalisedText {
  const out: string[] = [];
  const from: number[] = []; // for every normalised unit: raw start
  const to: number[] = []; // and raw end
  let space = -1;
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (isInvisible(code)) continue;
    if (isSpace(code)) {
      if (space < 0) space = i;
      continue;
    }
    if (space >= 0 && out.length > 0) {
      out.push(" ");
      from.push(space);
      to.push(i);
    }
    space = -1;
    const start = i;
    let piece = FOLDED.get(code) ?? raw[i]!;
    if (i + 1 < raw.length) {
      const next = raw.charCodeAt(i + 1);
      if (next >= 0x300 && next <= 0x36f) {
        // A base letter with a combining mark and the composed letter are the same letter.
        const composed = (piece + raw[i + 1]!).normalize("NFC");
        if (composed.length === piece.length) {
          piece = composed;
          i++;
        }
      }
    }
    for (const unit of piece.split("")) {
      out.push(unit);
      from.push(start);
      to.push(i + 1);
    }
  }
  return {
    text: out.join(""),
    toRaw(start: number, end: number): [number, number] {
      const first = Math.max(0, Math.min(start, from.length));
      const last = Math.min(end, from.length) - 1;
      const rawStart = first < from.length ? from[first]! : raw.length;
      return last < first ? [rawStart, rawStart] : [rawStart, to[last]!];
    },
  };
}

/** Printable ASCII stands for itself; the grave accent is taken for a quotation mark. */
const PLAIN = /^[ -_a-~]*$/;

/** The text alone, quickly: most quotes are plain. */
export function normalisedText(raw: string): string {
  return PLAIN.test(raw) ? raw.replace(/ {2,}/g, " ").trim() : normalise(raw).text;
}
