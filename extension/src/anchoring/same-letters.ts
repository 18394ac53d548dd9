/** Is it the same text but for list numbers, spaces and punctuation? */

import { normalisedText } from "./normalise";

/** "3.", "(a)", "iv)": what a renderer may put before a list item, or leave out. */
const LIST_NUMBER = /(^|\s)\(?(?:[0-9]{1,3}|[a-z]|[ivx]{1,5})[.)](?=\s|$)/gi;

/** Letters and digits of a text, without case and without list numbers. */
function letters(text: string): string {
  return normalisedText(text).replace(LIST_NUMBER, "$1").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

export function sameLetters(a: string, b: string): boolean {
  return letters(a) === letters(b);
}
