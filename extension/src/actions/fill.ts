/**
 * A letter filled in. One pass over the template: a value is never read again, so braces in a name or in a clause
 * stay what they are. What is missing is shown by its label, never as a brace.
 */
import {
  VARIABLES,
  type LetterLanguage,
  type LetterParagraph,
  type LetterTemplate,
  type RequestKind,
  type Values,
  type Variable,
} from "./types";

/** A run of the letter's text, and what it was filled with. */
export interface Segment {
  readonly text: string;
  /** The variable that stands here; absent: the letter's own words. */
  readonly variable?: Variable;
  /** Nothing was known: the text is the label. */
  readonly missing?: boolean;
}

export interface FilledLetter {
  readonly subject: string;
  /** Paragraphs joined by an empty line. */
  readonly body: string;
  readonly subjectSegments: readonly Segment[];
  /** One list a paragraph. */
  readonly paragraphs: readonly (readonly Segment[])[];
  /** What the letter needs and nobody gave, in the order in which it is met. */
  readonly missing: readonly Variable[];
  /** Values that were cut because no sensible one is that long. */
  readonly shortened: readonly Variable[];
}

export interface FillInput {
  readonly template: LetterTemplate;
  readonly language: Pick<LetterLanguage, "labels">;
  readonly values: Values;
  /** Id of the law, for paragraphs that only some laws have. */
  readonly law: string;
  /** Kind of the earlier request, in letters that follow one. */
  readonly of?: RequestKind | null;
}

/** Longest values in characters: names of people and companies, a clause as the data has them, an account. */
const LONGEST: Readonly<Partial<Record<Variable, number>>> = {
  name: 200,
  email: 254,
  customer_number: 100,
  address: 600,
  clause: 2_500,
  document_url: 2_000,
  refusal: 3_000,
  correction: 5_000,
  reasons: 5_000,
  case: 8_000,
};
const LONGEST_OTHER = 500;

/** Values that people write in several lines; every other one is flattened to one line. */
const IN_LINES: ReadonlySet<Variable> = new Set<Variable>(["address", "correction", "reasons", "refusal", "case"]);

const SWISS = "swiss-fadp";

const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;
/** Marks that turn the direction of writing can make a letter read otherwise than it is written. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const BRACES = /\{([a-z_]+)\}/g;

/** The letter with these values. */
export function fillLetter({ template, language, values, law, of }: FillInput): FilledLetter {
  const shortened: Variable[] = [];
  const clean = new Map<Variable, string>();
  for (const name of VARIABLES) {
    const value = cleanValue(name, values[name]);
    if (value.cut) shortened.push(name);
    if (value.text !== "") clean.set(name, value.text);
  }
  const missing = new Set<Variable>();
  // German is written without "ß" in Switzerland; no other language of the letters has that letter.
  const spelled = (text: string): string => (law === SWISS ? text.replaceAll("ß", "ss") : text);
  const segmentsOf = (text: string): Segment[] => fill(spelled(text), clean, language.labels, missing);
  const subjectSegments = segmentsOf(template.subject);
  const paragraphs = template.paragraphs
    .filter((paragraph) => appears(paragraph, clean, law, of ?? null))
    .map((paragraph) => segmentsOf(paragraph.text));
  return {
    subject: joined(subjectSegments),
    body: paragraphs.map(joined).join("\n\n"),
    subjectSegments,
    paragraphs,
    missing: [...missing],
    shortened,
  };
}

/** Any text of ours with `{name}` in it, in one pass; what is not given stays as it is. */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(BRACES, (braces, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? "") : braces));
}

/** A value as it may stand in a letter: no control characters, one line where one is meant, not endless. */
export function cleanValue(name: Variable, value: string | null | undefined): { text: string; cut: boolean } {
  let text = (value ?? "").replace(/\r\n?|\u2028|\u2029|\u0085/g, "\n").replace(CONTROLS, " ").replace(DIRECTION, "");
  text = IN_LINES.has(name)
    ? text.split("\n").map(flat).join("\n").replace(/\n{3,}/g, "\n\n").trim()
    : flat(text);
  const longest = LONGEST[name] ?? LONGEST_OTHER;
  const letters = [...text];
  if (letters.length <= longest) return { text, cut: false };
  return { text: `${letters.slice(0, longest - 1).join("").trimEnd()}…`, cut: true };
}

function appears(
  { needs = [], without = [], laws = [], of = [] }: LetterParagraph,
  values: ReadonlyMap<Variable, string>,
  law: string,
  earlier: RequestKind | null,
): boolean {
  if (laws.length > 0 && !laws.includes(law)) return false;
  if (of.length > 0 && !(earlier && of.includes(earlier))) return false;
  return needs.every((name) => values.has(name)) && !without.some((name) => values.has(name));
}

function fill(
  text: string,
  values: ReadonlyMap<Variable, string>,
  labels: Readonly<Record<Variable, string>>,
  missing: Set<Variable>,
): Segment[] {
  const segments: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(BRACES)) {
    const variable = VARIABLES.find((name) => name === match[1]);
    if (!variable) continue;
    if (match.index > end) segments.push({ text: text.slice(end, match.index) });
    const value = values.get(variable);
    if (value === undefined) missing.add(variable);
    segments.push(value === undefined ? { text: labels[variable], variable, missing: true } : { text: value, variable });
    end = match.index + match[0].length;
  }
  if (end < text.length) segments.push({ text: text.slice(end) });
  return segments;
}

function joined(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text).join("");
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
