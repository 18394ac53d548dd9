/** Two people at once: what is kept of both, and who did what. Pure. */
import type { AuditEntry, ChangeRecord, CuratedProvision } from "../../contract/types";
import { changedParts, valueOf, same, withPart, type Form, type Part } from "./form";

export interface Merged {
  /** The newer state with everything that the curator wrote. */
  readonly form: Form;
  /** Changed by the other alone: taken over. */
  readonly taken: readonly Part[];
  /** Changed by both, differently: the curator's own is kept until they say otherwise. */
  readonly both: readonly Part[];
}

/** `base`: what both began with; `theirs`: the newer state; `mine`: what is in the form. Nothing of `mine` is lost. */
export function mergeForms(base: Form, theirs: Form, mine: Form): Merged {
  const byThem = changedParts(base, theirs);
  const byMe = new Set(changedParts(base, mine));
  const taken = byThem.filter((part) => !byMe.has(part));
  const both = byThem.filter((part) => byMe.has(part) && !same(valueOf(theirs, part), valueOf(mine, part)));
  return { form: taken.reduce((form, part) => withPart(form, part, theirs), mine), taken, both };
}

/** A record as it was read, and the newest act on it by then. */
export interface Loaded {
  readonly curated: CuratedProvision;
  /** Number of the newest line of the audit about it; 0 without one. */
  readonly lastAct: number;
}

export interface WhatHappened {
  /** What people did since, newest first. */
  readonly acts: readonly AuditEntry[];
  /** What its history says since; a new capture stands only here. */
  readonly changes: readonly ChangeRecord[];
}

/** `lines`: the audit about the record, newest first, as of now. */
export function happenedSince(before: Loaded, now: CuratedProvision, lines: readonly AuditEntry[]): WhatHappened {
  return {
    acts: lines.filter(({ id }) => id > before.lastAct),
    changes: now.record.history.changes.slice(before.curated.record.history.changes.length),
  };
}
