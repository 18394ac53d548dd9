/** Whom a letter goes to, from the directory's facts and the clause's own action. All of it is judged again here. */
import type { Action, DirectoryEntry, EntityDirectory } from "../contract/types";
import { httpsAddress, mailAddress } from "./address";
import { nearness, type Place } from "./place";
import type { Language, RequestKind } from "./types";

export interface Recipient {
  /** Official name; null: use the entity's. */
  readonly name: string | null;
  readonly email: string | null;
  /** Lines of a postal address. */
  readonly postal: string | null;
  /** A form on the company's site. */
  readonly form: string | null;
  readonly phone: string | null;
  /** What the company is known to ask for. */
  readonly asksFor: readonly string[];
  readonly identityDocument: boolean | null;
  /** Where it comes from: an entry of the directory, or the clause's action. */
  readonly entry: DirectoryEntry | null;
}

type EntryKind = DirectoryEntry["kind"];

/** Entries that take a kind of request, the most fitting first; a general contact takes all of them. */
const TAKES: Readonly<Partial<Record<RequestKind, readonly EntryKind[]>>> = {
  access: ["access", "portability"],
  portability: ["portability", "access"],
  erasure: ["deletion"],
  "objection-marketing": ["object", "opt_out"],
  "objection-legitimate-interests": ["object"],
  "objection-ai-training": ["object"],
  "consent-withdrawal": ["object", "opt_out"],
  "opt-out-sale-sharing": ["opt_out", "object"],
  "limit-sensitive": ["opt_out", "object"],
};

/** Entries of the directory for people at a place, the nearest first, dead links without their link. */
export function entriesFor(directory: EntityDirectory | null | undefined, place: Place | null): DirectoryEntry[] {
  return (directory?.entries ?? [])
    .map((entry, order) => ({ entry, order, near: nearness(entry.countries, place) }))
    .filter((item): item is { entry: DirectoryEntry; order: number; near: number } => item.near !== null)
    .sort((a, b) => a.near - b.near || a.order - b.order)
    .map(({ entry }) => entry);
}

/** Whether the link was gone when it was last visited. */
export function isDead(entry: DirectoryEntry): boolean {
  return entry.check?.status === "dead";
}

/** An https address of an entry in the reader's language, or null; `javascript:` and the like never pass. */
export function entryLink(entry: DirectoryEntry, language: Language): string | null {
  return httpsAddress(entry.url_in?.[language]) ?? httpsAddress(entry.url);
}

/**
 * Whom to send a request to: an entry for this kind of request that can be written to, else the contact for all
 * requests about personal data, else the address in the clause's action. Null when nothing is known, and for letters
 * about something else than personal data, which such a contact is not for.
 */
export function recipientFor(
  kind: RequestKind | null,
  directory: EntityDirectory | null | undefined,
  place: Place | null,
  language: Language,
  action: Action | null = null,
): Recipient | null {
  const entries = kind === null || kind === "arbitration-opt-out" ? [] : entriesFor(directory, place);
  const wanted: readonly EntryKind[] = [...((kind && TAKES[kind]) ?? []), "contact"];
  for (const entryKind of wanted) {
    const entry = entries.find((item) => item.kind === entryKind && (mailAddress(item.email) || item.postal));
    if (entry) return fromEntry(entry, language);
  }
  const email = mailAddress(action?.email);
  if (email) return { ...NOBODY, email };
  const form = entries.find((item) => item.kind === "contact" && entryLink(item, language) && !isDead(item));
  return form ? fromEntry(form, language) : null;
}

/**
 * Whom the clause itself names, for an opt-out that only counts when it arrives there: the one e-mail address in its
 * words. Null when there is none, or several.
 */
export function recipientInClause(clause: string | null | undefined): Recipient | null {
  // Lengths are bounded so that a hostile clause costs no time.
  const found = [...(clause ?? "").matchAll(/[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,180}[A-Za-z0-9]/g)];
  const addresses = new Set(found.map(([address]) => mailAddress(address.toLowerCase())));
  const [email] = addresses;
  return addresses.size === 1 && email ? { ...NOBODY, email } : null;
}

const NOBODY: Recipient = {
  name: null,
  email: null,
  postal: null,
  form: null,
  phone: null,
  asksFor: [],
  identityDocument: null,
  entry: null,
};

function fromEntry(entry: DirectoryEntry, language: Language): Recipient {
  return {
    name: entry.recipient ?? null,
    email: mailAddress(entry.email),
    postal: entry.postal ?? null,
    form: isDead(entry) ? null : entryLink(entry, language),
    phone: entry.phone ?? null,
    asksFor: entry.asks_for ?? [],
    identityDocument: entry.needs_identity_document ?? null,
    entry,
  };
}
