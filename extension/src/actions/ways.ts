/**
 * Everything a reader can do about one clause at one place, from three sources: the actions of the record, the
 * requests that the law of the place gives, and what the directory knows of the company.
 */
import type { Action, ActionEffect, ActionKind, DirectoryEntry, EntityDirectory, Provision } from "../contract/types";
import { httpsAddress } from "./address";
import { ruleFor, type PlacedRule } from "./law";
import { appliesTo, nearness, type Place } from "./place";
import { entriesFor, entryLink, isDead, recipientFor, recipientInClause, type Recipient } from "./recipient";
import type { Deadline, Language, RequestKind, RequestsFile, Right } from "./types";

/** How it is done: open a page, send the letter by e-mail, by post or with a form, copy it, follow steps, complain. */
export type How = "link" | "email" | "post" | "form" | "letter" | "steps" | "complaint";

export interface Way {
  /** Stable within one clause: `action:2`, `request:access`, `directory:contact-1`. */
  readonly id: string;
  readonly kind: ActionKind;
  /** What it is about; null: named by `request` or by the entry's kind. */
  readonly title: string | null;
  readonly how: How;
  /** The page on which it is done. */
  readonly url: string | null;
  readonly steps: readonly string[];
  /** Our letter that fits. */
  readonly request: RequestKind | null;
  readonly rule: PlacedRule | null;
  /** The record's own letter, in English, where none of ours fits. */
  readonly letter: { readonly subject: string; readonly body: string } | null;
  readonly recipient: Recipient | null;
  /** How far it helps. */
  readonly effect: ActionEffect;
  readonly effectNote: string | null;
  /** What the law gives; null: it rests on no law. */
  readonly right: Right | null;
  /** Where the law gives less than the name of the request promises. */
  readonly note: string | null;
  /** What the law lets the company refuse. */
  readonly refuse: string | null;
  readonly cost: Cost;
  readonly deadline: Deadline | null;
  readonly entry: DirectoryEntry | null;
  /** The page was not there when it was last visited. */
  readonly stale: boolean;
  /** Order within its source. */
  readonly order: number;
  /** 0: said for this very place; more: for a larger one. */
  readonly near: number;
}

export interface Cost {
  readonly accountLost: boolean;
  readonly minutes: number | null;
  /** Whether the company is known to ask for an identity document; null: unknown. */
  readonly identityDocument: boolean | null;
  /** What the law says of fees. */
  readonly fee: string | null;
}

/** A request that the place's law does not give, said plainly. */
export interface Absent {
  readonly request: RequestKind;
  readonly rule: PlacedRule;
  /** What comes closest. */
  readonly instead: readonly RequestKind[];
}

export interface WaysInput {
  readonly provision: Pick<Provision, "actions" | "clause_type" | "severity"> & Partial<Pick<Provision, "quote">>;
  readonly directory: EntityDirectory | null | undefined;
  readonly place: Place | null;
  readonly requests: RequestsFile;
  readonly language: Language;
}

/** What kind of action a request is; an action of the record with a letter is served by our letter of its kind. */
export const ACTION_OF: Readonly<Record<RequestKind, ActionKind>> = {
  access: "access",
  erasure: "delete",
  "objection-marketing": "object",
  "objection-legitimate-interests": "object",
  "objection-ai-training": "object",
  "consent-withdrawal": "object",
  portability: "access",
  rectification: "contact",
  "opt-out-sale-sharing": "opt_out",
  "limit-sensitive": "opt_out",
  "arbitration-opt-out": "opt_out",
  complaint: "complain",
  reminder: "contact",
  "answer-to-refusal": "contact",
};

/** Requests that answer an action's kind as well: an objection under one law is an opt-out under another. */
const ALSO: Readonly<Partial<Record<ActionKind, readonly ActionKind[]>>> = { object: ["opt_out"], opt_out: ["object"] };

/** Minutes that a ready letter takes: to read it, add what is missing and send it. Our estimate. */
const LETTER_MINUTES = 10;

/** Entries of the directory that help as pages, and how far. */
const PAGES: readonly (readonly [DirectoryEntry["kind"], ActionKind, ActionEffect, readonly RequestKind[] | "always"])[] = [
  ["setting", "change_setting", "limits", ["objection-ai-training", "objection-legitimate-interests", "objection-marketing", "consent-withdrawal", "opt-out-sale-sharing", "limit-sensitive"]],
  ["opt_out", "opt_out", "limits", ["objection-marketing", "consent-withdrawal", "opt-out-sale-sharing", "limit-sensitive"]],
  ["object", "object", "limits", ["objection-ai-training", "objection-legitimate-interests", "objection-marketing"]],
  ["access", "access", "informs", ["access", "portability"]],
  ["portability", "access", "informs", ["portability", "access"]],
  ["deletion", "delete", "limits", "always"],
];

/** All ways, in the order of their sources, and the requests that the law of the place does not give. */
export function waysFor(input: WaysInput): { ways: Way[]; absent: Absent[] } {
  const { provision, place, requests } = input;
  const fitting = requests.requests_for[provision.clause_type.id] ?? [];
  const placed = (kind: RequestKind): PlacedRule => ruleFor(requests.laws, kind, place);
  const absent: Absent[] = fitting
    .map((request) => ({ request, rule: placed(request) }))
    .filter(({ rule }) => rule.right === "none")
    .map(({ request, rule }) => ({ request, rule, instead: rule.rule.instead ?? [] }));
  const open = [...new Set([...fitting, ...absent.flatMap(({ instead }) => instead)])].filter(
    (kind) => kind !== "complaint" && placed(kind).right !== "none",
  );
  // A complaint stands on a breach: for clauses that data protection law is about, and not for good ones.
  const complains = fitting.some((kind) => kind !== "arbitration-opt-out") && provision.severity !== "protective";
  if (complains && placed("complaint").right !== "none") open.push("complaint");

  const ways: Way[] = [];
  const used = new Set<RequestKind>();
  provision.actions.forEach((action, order) => {
    if (!appliesTo(action.jurisdictions, place)) return;
    const request = servedBy(action, open, used);
    if (request) used.add(request);
    ways.push(fromAction(action, order, request ? placed(request) : null, input));
  });
  open.forEach((request, order) => {
    if (!used.has(request)) ways.push(fromRequest(placed(request), order, input));
  });
  ways.push(...fromDirectory(input, open, ways));
  return { ways, absent };
}

/** The request whose letter serves an action of the record: one with a letter, or one to complain. */
function servedBy(action: Action, open: readonly RequestKind[], used: ReadonlySet<RequestKind>): RequestKind | null {
  if (!action.letter && action.kind !== "complain") return null;
  const free = open.filter((kind) => !used.has(kind));
  return (
    free.find((kind) => ACTION_OF[kind] === action.kind) ??
    free.find((kind) => ALSO[action.kind]?.includes(ACTION_OF[kind])) ??
    null
  );
}

function fromAction(action: Action, order: number, rule: PlacedRule | null, input: WaysInput): Way {
  const { place } = input;
  const url = httpsAddress(action.url);
  const letter = rule ? null : (action.letter ?? null);
  const writes = rule !== null || letter !== null || Boolean(action.email);
  const recipient = writes ? whom(rule?.kind ?? null, action, input) : null;
  return {
    ...base(rule, recipient),
    id: `action:${order}`,
    kind: action.kind,
    title: action.title,
    how: rule?.kind === "complaint" ? "complaint" : writes ? howToSend(recipient, url) : url ? "link" : "steps",
    url,
    steps: action.steps ?? [],
    letter,
    recipient,
    effect: action.effect,
    effectNote: action.effect_note ?? null,
    cost: {
      ...base(rule, recipient).cost,
      accountLost: action.kind === "delete" && (rule?.rule.account_lost ?? false),
      minutes: action.minutes ?? (writes ? LETTER_MINUTES : null),
    },
    order,
    near: nearness(action.jurisdictions, place) ?? Number.MAX_SAFE_INTEGER,
  };
}

function fromRequest(rule: PlacedRule, order: number, input: WaysInput): Way {
  const { place } = input;
  const complaint = rule.kind === "complaint";
  const recipient = whom(rule.kind, null, input);
  return {
    ...base(rule, recipient),
    id: `request:${rule.kind}`,
    kind: ACTION_OF[rule.kind],
    title: null,
    how: complaint ? "complaint" : howToSend(recipient, null),
    url: null,
    steps: [],
    letter: null,
    recipient,
    effect: effectOn(rule, input),
    effectNote: null,
    order: 100 + order,
    near: place ? Math.max(0, place.codes.findIndex((code) => rule.law.jurisdictions.includes(code))) : 0,
  };
}

/** Whom it is written to; a complaint goes to an authority, which is chosen apart. */
function whom(kind: RequestKind | null, action: Action | null, input: WaysInput): Recipient | null {
  const { directory, place, language, provision, requests } = input;
  if (kind === "complaint") return null;
  if (kind === "arbitration-opt-out") {
    return recipientFor(kind, null, place, language, action) ?? recipientInClause(provision.quote?.selector.exact);
  }
  // The record's own letter about personal data goes where requests of all kinds go.
  const aboutData = (requests.requests_for[provision.clause_type.id] ?? []).some((fits) => fits !== "arbitration-opt-out");
  return recipientFor(kind ?? (aboutData ? "rectification" : null), directory, place, language, action);
}

/**
 * How far a request helps against this clause. A request that only comes closest, and erasure where the clause is
 * not about leaving, limit what the clause can reach; they do not end what it allows.
 */
function effectOn(rule: PlacedRule, { provision, requests }: WaysInput): ActionEffect {
  const effect = rule.rule.effect ?? "informs";
  const type = provision.clause_type.id;
  const fits = requests.requests_for[type]?.includes(rule.kind) ?? false;
  const ends = fits && (rule.kind !== "erasure" || requests.leaving.includes(type));
  return effect === "ends" && !ends ? "limits" : effect;
}

function fromDirectory(input: WaysInput, open: readonly RequestKind[], others: readonly Way[]): Way[] {
  const { directory, place, language, provision } = input;
  const known = new Set(others.map(({ url }) => url));
  const found: Way[] = [];
  entriesFor(directory, place).forEach((entry, order) => {
    const page = PAGES.find(([kind]) => kind === entry.kind);
    const url = entryLink(entry, language);
    if (!page || !url || known.has(url)) return;
    const [kind, actionKind, effect, fits] = page;
    // Leaving is a way out of every clause that harms; it is none for a clause in one's favour.
    const leaves = fits === "always" && (provision.severity !== "protective" || open.includes("erasure"));
    if (!leaves && !(fits !== "always" && fits.some((request) => open.includes(request)))) return;
    known.add(url);
    found.push({
      ...base(null, null),
      id: `directory:${entry.id}`,
      kind: actionKind,
      title: null,
      how: "link",
      url,
      steps: [],
      letter: null,
      recipient: null,
      effect,
      effectNote: entry.notes?.[language] ?? entry.notes?.en ?? null,
      cost: {
        accountLost: kind === "deletion",
        minutes: null,
        identityDocument: entry.needs_identity_document ?? null,
        fee: null,
      },
      entry,
      stale: isDead(entry),
      order: 200 + order,
      near: nearness(entry.countries, place) ?? Number.MAX_SAFE_INTEGER,
    });
  });
  return found;
}

/** What a rule says of a way, or nothing. */
function base(
  rule: PlacedRule | null,
  recipient: Recipient | null,
): Pick<Way, "request" | "rule" | "right" | "note" | "refuse" | "cost" | "deadline" | "entry" | "stale"> {
  return {
    request: rule?.kind ?? null,
    rule,
    right: rule?.right ?? null,
    note: rule?.rule.note ?? null,
    refuse: rule?.rule.refuse ?? null,
    cost: {
      accountLost: rule?.rule.account_lost ?? false,
      minutes: rule ? LETTER_MINUTES : null,
      identityDocument: recipient?.identityDocument ?? null,
      fee: rule?.law.cost ?? null,
    },
    deadline: rule?.deadline ?? null,
    entry: recipient?.entry ?? null,
    stale: false,
  };
}

function howToSend(recipient: Recipient | null, url: string | null): How {
  if (recipient?.email) return "email";
  if (recipient?.postal) return "post";
  if (recipient?.form) return "form";
  return url ? "link" : "letter";
}
