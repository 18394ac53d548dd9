/**
 * Does a page look like a policy? Judged on this computer, in the page, from its address, title, headings and words;
 * nothing is sent for it. Points are added up: each constant says what it is worth, and the threshold was chosen so
 * that on the collection of real pages almost no other page is taken for a policy (`make bench-reader` prints
 * the figures).
 */
import { ABOUT_POLICIES, ADDRESS_NAMES, CLAUSE_WORDS, DOCUMENT_NAMES, HEADING_TOPICS, SHORT_NAME } from "./phrases";

export interface Signals {
  readonly url: string;
  readonly title: string;
  /** First headings of the page, first-level ones marked. */
  readonly headings: readonly { readonly level: number; readonly text: string }[];
  /** Beginning of the page's text. */
  readonly text: string;
}

export interface Likeness {
  readonly likely: boolean;
  /** Sum of the points. */
  readonly points: number;
}

/** Shorter pages are menus, notices or links to a policy. */
export const FEWEST_WORDS = 120;
/** Points from which a page is offered as a policy. */
export const LIKELY_FROM = 4;

const ADDRESS_POINTS = 2;
/** The title or first heading is the name of a document, or has it among other words. */
const NAMED_POINTS = 2;
const MENTIONED_POINTS = 1;
/** Title or address of an article, a guide or a help page on the subject. */
const ABOUT_POINTS = -2;
/** Share of a title that the name of the document makes; with less, it is a sentence about something. */
const NAME_SHARE = 0.4;
/** Topics among the headings, and what they are worth. */
const TOPIC_STEPS: readonly (readonly [number, number])[] = [[6, 3], [4, 2], [2, 1]];
/** Turns of phrase of a policy, per 100 words, and what they are worth. */
const CLAUSE_STEPS: readonly (readonly [number, number])[] = [[5, 4], [3.5, 3], [2.2, 2], [1.2, 1], [0.9, 0], [0.3, -1], [0, -3]];

/** Path and query of an address, for names; the rest says nothing of the page. */
function pathOf(url: string): string {
  if (!URL.canParse(url)) return "";
  const { hostname, pathname } = new URL(url);
  const [label = ""] = hostname.split(".");
  let path = pathname;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    // An odd address keeps its percent signs.
  }
  return `${label}${path}`.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether address or title name a kind of policy: the cheap question that is asked before any page is looked into. */
export function mayBePolicy(url: string, title: string): boolean {
  return (ADDRESS_NAMES.test(pathOf(url)) || DOCUMENT_NAMES.test(title)) && !ABOUT_POLICIES.test(title);
}

/** Parts of a title, "Privacy Policy | Example": is one of them the name of a document, or does it have one in a sentence? */
function namePoints(text: string): number {
  let points = 0;
  for (const part of text.split(/\s[|–—·:»-]+\s|[|»]/u).map((one) => one.trim())) {
    const name = DOCUMENT_NAMES.exec(part);
    const named = SHORT_NAME.test(part) || (name !== null && name[0].length >= part.length * NAME_SHARE);
    points = Math.max(points, named ? NAMED_POINTS : name !== null ? MENTIONED_POINTS : 0);
  }
  return points;
}

function step(value: number, steps: readonly (readonly [number, number])[]): number {
  return steps.find(([from]) => value >= from)?.[1] ?? 0;
}

/** What each kind of sign is worth on a page. */
export function pointsOf({ url, title, headings, text }: Signals, words: number): Readonly<Record<string, number>> {
  const first = headings.filter(({ level }) => level <= 2).slice(0, 3).map((heading) => namePoints(heading.text));
  const topics = HEADING_TOPICS.filter((topic) => headings.some((heading) => topic.test(heading.text))).length;
  const density = ((text.toLowerCase().match(CLAUSE_WORDS)?.length ?? 0) / words) * 100;
  const about = [title, headings.find(({ level }) => level === 1)?.text ?? ""].some((name) => ABOUT_POLICIES.test(name));
  return {
    address: ADDRESS_NAMES.test(pathOf(url)) ? ADDRESS_POINTS : 0,
    title: namePoints(title),
    heading: Math.max(0, ...first),
    topics: step(topics, TOPIC_STEPS),
    words: step(density, CLAUSE_STEPS),
    about: about ? ABOUT_POINTS : 0,
  };
}

export function judgeLikeness(signals: Signals): Likeness {
  const words = signals.text.match(/\p{L}+/gu)?.length ?? 0;
  if (words < FEWEST_WORDS) return { likely: false, points: 0 };
  const points = Object.values(pointsOf(signals, words)).reduce((sum, part) => sum + part, 0);
  return { likely: points >= LIKELY_FROM, points };
}
