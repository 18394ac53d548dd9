/**
 * What a letter is to be about, handed from the card to the letter page. It lies in the browser's memory until the
 * browser is closed; the page's address has only the random name under which it lies.
 */
import type { Action, EntityDirectory, Severity } from "./contract/types";
import { session } from "./platform/storage";

export interface LetterDraft {
  readonly entity: { readonly id: string; readonly name: string };
  /** null: the letter is to the company, about none of its documents. */
  readonly document: { readonly id: string; readonly title: string; readonly url: string | null } | null;
  readonly provision: DraftedProvision | null;
  readonly directory: EntityDirectory | null;
  /** The way that was chosen (`actions/ways.ts`); null: none in particular. */
  readonly wayId: string | null;
}

/** The clause that a letter is about. */
export interface DraftedProvision {
  readonly id: string;
  readonly title: string;
  readonly type: { readonly id: string; readonly title: string };
  readonly severity: Severity;
  readonly actions: readonly Action[];
  /** The words of the clause, as the page has them now. */
  readonly clause: string | null;
}

const KEY = "letters";
/** Letters begun and not thrown away; nobody writes more at a time. */
const MOST = 20;

let queue: Promise<unknown> = Promise.resolve();

/** Keeps a draft and returns the address of the page that shows it, relative to the extension. */
export async function keepDraft(draft: LetterDraft): Promise<string> {
  const id = crypto.randomUUID();
  const turn = queue.then(async () => {
    const kept = await drafts();
    await session.set({ [KEY]: [...kept, { ...draft, id }].slice(-MOST) });
  });
  queue = turn.catch(() => undefined);
  await turn;
  return `letter.html#${id}`;
}

/** null when the browser was closed since, or the address is somebody's invention. */
export async function findDraft(id: string): Promise<LetterDraft | null> {
  return (await drafts()).find((draft) => draft.id === id) ?? null;
}

async function drafts(): Promise<readonly (LetterDraft & { readonly id: string })[]> {
  const stored = await session.get(KEY);
  return Array.isArray(stored) ? stored : [];
}
