/** One index of a page's text, shared by all quotes of the page. */

import { normalise, type NormalisedText } from "./normalise";

export class PageIndex {
  readonly normalised: NormalisedText;

  /** `text` is the raw page text; `blocks` the sorted start offsets of its blocks (paragraphs, items, cells). */
  constructor(readonly text: string, readonly blocks: ArrayLike<number>) {
    this.normalised = normalise(text);
  }
}
