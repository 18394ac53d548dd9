/**
 * A letter as a link that opens the reader's mail program (RFC 6068), and as a file. The program opens with the
 * letter written; sending stays with the reader.
 */

import { mailAddress } from "./address";

/**
 * Longest link, in characters. Windows hands at most about 2,048 to a mail program, and some cut at 2,000; what is
 * longer is offered for copying, since a letter cut in the middle is worse than none.
 */
export const MAX_LINK = 1_900;


const HALF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export type MailLink =
  | { readonly kind: "link"; readonly href: string }
  /** `href` opens an empty letter with address and subject, to paste the copied text into. */
  | { readonly kind: "too-long"; readonly href: string; readonly length: number }
  | { readonly kind: "no-address" };

/** A link with the whole letter, or what to do instead. */
export function mailLink(letter: { to: string | null | undefined; subject: string; body: string }): MailLink {
  const address = mailAddress(letter.to);
  if (!address) return { kind: "no-address" };
  const to = `mailto:${encodeURIComponent(address).replace("%40", "@")}`;
  const subject = flat(letter.subject) && `subject=${encode(flat(letter.subject))}`;
  const short = subject ? `${to}?${subject}` : to;
  const href = letter.body === "" ? short : `${to}?${subject}${subject && "&"}body=${encode(lines(letter.body))}`;
  return href.length <= MAX_LINK ? { kind: "link", href } : { kind: "too-long", href: short, length: href.length };
}

/** A subject is one line; a line break there would start a header of its own in a careless program. */
function flat(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, " ").trim();
}

/** RFC 6068 section 5: line breaks in a body are CRLF. Other control characters have no business there. */
function lines(text: string): string {
  return text
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, "\n")
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, " ")
    .replace(/\n/g, "\r\n");
}

/** Half of a surrogate pair cannot be encoded; it becomes the replacement character. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(HALF_PAIR, "\ufffd"));
}

/** A name that every file system takes: `clauselight-access-pinterest-2026-11-23.txt`. */
export function letterFileName(parts: { request: string; entity: string; day: string; ending: string }): string {
  const words = [parts.request, parts.entity]
    .map((text) =>
      text
        .normalize("NFKD")
        .replace(/[\u0300-\u036f]/g, "")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-+|-+$/g, "")
        .slice(0, 40)
        .replace(/-+$/, ""),
    )
    .filter(Boolean);
  return `${["clauselight", ...words, parts.day].join("-")}.${parts.ending}`;
}
