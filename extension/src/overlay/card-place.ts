/** Where the card goes: beside the text when there is room, else below or above the clause, never off the screen. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface CardPlace {
  readonly placement: "right-start" | "bottom-start" | "top-start";
  /** What the card keeps clear of. */
  readonly reference: Box;
  readonly maxHeight: number;
}

export const EDGE = 8;
/** Widest and tallest card, in CSS pixels: about 60 characters a line, and what is read in one glance. */
export const CARD_WIDTH = 420;
const CARD_HEIGHT = 680;
/** Less than this shows little more than the title. */
const LEAST_HEIGHT = 320;
/** Margin markers stay visible at the right of the card. */
const MARKER_ROOM = 40;

/** `clause` is what can be seen of the clause, `block` the text it stands in; both in the viewport. */
export function placeCard(clause: Box, block: Box, width: number, height: number): CardPlace {
  const most = Math.min(CARD_HEIGHT, height - 2 * EDGE);
  if (width - block.right >= CARD_WIDTH + MARKER_ROOM + EDGE) {
    // Written out: a DOMRect cannot be spread.
    const reference = { left: block.left, right: block.right, top: clause.top, bottom: clause.bottom };
    return { placement: "right-start", reference, maxHeight: most };
  }
  const below = height - clause.bottom - 2 * EDGE;
  const above = clause.top - 2 * EDGE;
  const placement = below >= Math.min(most, LEAST_HEIGHT) || below >= above ? "bottom-start" : "top-start";
  const room = placement === "bottom-start" ? below : above;
  return { placement, reference: clause, maxHeight: Math.min(most, Math.max(LEAST_HEIGHT, room)) };
}
