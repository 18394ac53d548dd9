/** What of a page is sent for analysis: plain data, the same for the preview that people see and for the request. */
import type { AnalysisBlock, AnalysisRequest } from "../contract/types";
import type { Likeness } from "./likeness";

export interface PageContent {
  /** Title of the page; empty when it has none. */
  readonly title: string;
  /** Language tag that the page gives itself; null when it gives none. */
  readonly language: string | null;
  /** What a reader sees, in reading order. */
  readonly blocks: readonly AnalysisBlock[];
  readonly words: number;
}

/** What the reader in a page answers. */
export type Reading =
  | { readonly kind: "likeness"; readonly likeness: Likeness }
  | { readonly kind: "content"; readonly content: PageContent; readonly url: string }
  | { readonly kind: "too-large" };

/** As many characters of a title as the server uses. */
const LONGEST_TITLE = 300;

/** As many blocks as the contract allows; the longest collected policy has 4,000. */
export const MOST_BLOCKS = 20_000;

/** A language tag as the contract allows it. */
const LANGUAGE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;

/** What a page says of its language, if it can be understood: `en_us` is meant as `en-US`. */
export function languageTag(text: string | null): string | null {
  const [language = "", ...rest] = (text ?? "").trim().split(/[-_]/);
  const parts = rest.map((part) => (part.length === 4 ? part.charAt(0).toUpperCase() + part.slice(1).toLowerCase() : part.toUpperCase()));
  const whole = [language.toLowerCase(), ...parts].join("-");
  if (LANGUAGE.test(whole)) return whole;
  return LANGUAGE.test(language.toLowerCase()) ? language.toLowerCase() : null;
}

export function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu)?.length ?? 0;
}

/** An address that a server may keep a page under: the contract knows no others. */
export function keepableAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  parsed.hash = "";
  return parsed.protocol === "https:" && parsed.username === "" ? parsed.href : null;
}

/**
 * The body of the request. The address goes along only to be kept: without it the server learns the text, not where it
 * stands.
 */
export function requestOf(content: PageContent, keepAt: string | null): AnalysisRequest {
  const title = content.title.trim().slice(0, LONGEST_TITLE);
  return {
    blocks: [...content.blocks],
    ...(title === "" ? {} : { title }),
    ...(content.language === null ? {} : { language: content.language }),
    ...(keepAt === null ? { keep: false } : { keep: true, url: keepAt }),
  };
}

/** Bytes of the request on the wire, before the browser's own headers. */
export function sizeOf(request: AnalysisRequest): number {
  return new TextEncoder().encode(JSON.stringify(request)).length;
}
