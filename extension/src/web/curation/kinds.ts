/** Finding a kind of clause by what one types. Pure. */
import type { CategoryInfo, ClauseTypeChoice } from "../../contract/types";

export interface Kind extends ClauseTypeChoice {
  /** The name of its topic. */
  readonly topic: string;
}

export function kindsOf(choices: readonly ClauseTypeChoice[], topics: readonly CategoryInfo[]): Kind[] {
  const titles = new Map(topics.map(({ id, title }) => [id, title]));
  return choices.map((choice) => ({ ...choice, topic: titles.get(choice.category) ?? choice.category }));
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Kinds that hold every word typed; those that have them in the title come first, the others keep their order. */
export function matchingKinds(kinds: readonly Kind[], typed: string): Kind[] {
  const words = plain(typed).split(/[\s-]+/).filter((word) => word !== "");
  if (words.length === 0) return [...kinds];
  const ranked: { readonly kind: Kind; readonly rank: number }[] = [];
  for (const kind of kinds) {
    const title = plain(`${kind.title} ${kind.id.replaceAll("-", " ")}`);
    const all = `${title} ${plain(`${kind.topic} ${kind.definition}`)}`;
    if (!words.every((word) => all.includes(word))) continue;
    ranked.push({ kind, rank: words.every((word) => title.includes(word)) ? 0 : 1 });
  }
  return ranked.sort((a, b) => a.rank - b.rank).map(({ kind }) => kind);
}
