/** Kinds of clauses by name, for who reports that a label names the wrong one. Pure. */

export interface ClauseKind {
  readonly id: string;
  readonly title: string;
  /** The name of its category. */
  readonly topic: string;
}

/** The kinds whose title or topic holds every word that was typed, in the order given; all of them for no word. */
export function kindsWith(kinds: readonly ClauseKind[], typed: string): readonly ClauseKind[] {
  const words = plain(typed).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return kinds.filter(({ title, topic }) => {
    const text = plain(`${title} ${topic}`);
    return words.every((word) => text.includes(word));
  });
}

/** Small letters without their marks. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
