/**
 * Which way fits best, and in which order the others follow. The order is fixed and explained: no chance, no clock,
 * nothing learned of the reader. The criteria, one after another:
 *
 * 1. `works`: a page that was gone when last visited comes last.
 * 2. `account`: what costs the account comes after what does not, unless the clause is about leaving.
 * 3. `company-first`: a complaint comes after asking the company, as most authorities want it.
 * 4. `effect`: what ends the practice, then what limits it, then what only tells more.
 * 5. `sure`: a request that the company may refuse at will comes after everything else of the same effect.
 * 6. `ease`: a page, then a letter by e-mail, with a form, by post, without a known address, then steps to follow.
 * 7. `basis`: a right by law or by the clause, then a setting or page of the company, then something close to a right.
 * 8. `near`: said for this very place before said for a larger one.
 * 9. `minutes`: the shorter one. Then the order in which the sources have them.
 */
import type { EntityDirectory } from "../contract/types";
import { lawFor } from "./law";
import type { Place } from "./place";
import { entriesFor, entryLink } from "./recipient";
import type { RequestLaw } from "./types";
import { waysFor, type Absent, type How, type Way, type WaysInput } from "./ways";

export type Criterion = "works" | "account" | "company-first" | "effect" | "sure" | "ease" | "basis" | "near" | "minutes" | "order";

export interface Choice {
  /** The law that the place has; the one of "elsewhere" when none is chosen. */
  readonly law: RequestLaw;
  /** Nobody chose a place yet: ask for it, it changes what is possible. */
  readonly placeMissing: boolean;
  /** The first to offer; null: there is nothing one can do here, and that is said. */
  readonly best: Way | null;
  /** Why it stands before the next one; null when it is the only one. */
  readonly because: Criterion | null;
  readonly more: readonly Way[];
  /** Requests that would fit the clause but that this law does not give. */
  readonly absent: readonly Absent[];
  /** How far the best of all ways goes. */
  readonly reach: "ends" | "limits" | "informs" | "none";
  /** What is known of closing the account, also where there is no page for it. */
  readonly leaving: Leaving | null;
}

export interface Leaving {
  readonly difficulty: "easy" | "medium" | "hard" | "limited" | "impossible" | null;
  readonly url: string | null;
  readonly note: string | null;
}

const EFFECTS = ["ends", "limits", "informs"] as const;
const EASE: readonly How[] = ["link", "email", "form", "post", "letter", "steps", "complaint"];

/** The ways about one clause, ordered. */
export function choose(input: WaysInput): Choice {
  const { ways, absent } = waysFor(input);
  const leavingFits = input.requests.leaving.includes(input.provision.clause_type.id);
  const ranked = ways
    .map((way) => ({ way, rank: rankOf(way, leavingFits) }))
    .sort((a, b) => firstDifference(a.rank, b.rank)?.sign ?? 0);
  const [first, second] = ranked;
  const order = ranked.map(({ way }) => way);
  return {
    law: lawFor(input.requests.laws, input.place),
    placeMissing: input.place === null,
    best: first?.way ?? null,
    because: first && second ? (firstDifference(first.rank, second.rank)?.criterion ?? null) : null,
    more: order.slice(1),
    absent,
    reach: EFFECTS.find((effect) => order.some((way) => way.effect === effect)) ?? "none",
    leaving: leavingOf(input.directory, input.place, input.language),
  };
}

type Rank = readonly (readonly [Criterion, number])[];

function rankOf(way: Way, leavingFits: boolean): Rank {
  return [
    ["works", way.stale ? 1 : 0],
    ["account", way.cost.accountLost && !leavingFits ? 1 : 0],
    ["company-first", way.how === "complaint" || way.kind === "complain" ? 1 : 0],
    ["effect", EFFECTS.indexOf(way.effect)],
    ["sure", way.right === "courtesy" ? 1 : 0],
    ["ease", EASE.indexOf(way.how)],
    ["basis", basisOf(way)],
    ["near", way.near],
    ["minutes", way.cost.minutes ?? Number.MAX_SAFE_INTEGER],
    ["order", way.order],
  ];
}

function basisOf(way: Way): number {
  if (way.right === "yes" || way.right === "contract") return 0;
  if (way.right === null) return way.letter ? 3 : 1;
  return 2;
}

function firstDifference(a: Rank, b: Rank): { criterion: Criterion; sign: number } | null {
  for (const [position, [criterion, value]] of a.entries()) {
    const difference = value - (b[position]?.[1] ?? 0);
    if (difference !== 0) return { criterion, sign: difference };
  }
  return null;
}

function leavingOf(
  directory: EntityDirectory | null | undefined,
  place: Place | null,
  language: WaysInput["language"],
): Leaving | null {
  const entry = entriesFor(directory, place).find(({ kind }) => kind === "deletion");
  if (!entry) return null;
  return {
    difficulty: entry.difficulty ?? null,
    url: entryLink(entry, language),
    note: entry.notes?.[language] ?? entry.notes?.en ?? null,
  };
}
