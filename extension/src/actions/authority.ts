/** Which authority a complaint goes to: the one of the reader's place first, then the company's own. */
import type { Authority, EntityDirectory } from "../contract/types";
import { httpsAddress, mailAddress } from "./address";
import type { Place } from "./place";
import type { Language, RequestLaw } from "./types";

export interface AuthorityOption {
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
  readonly email: string | null;
  readonly postal: string | null;
  /** It is a page that leads to the right office; a letter cannot name it. */
  readonly directory: boolean;
  /**
   * `place`: of the reader's own country or state; `part`: of a part of it, such as a German Land; `company`: likely
   * responsible for the company; `law`: what the law's own entry names, often a page that leads to the right office.
   */
  readonly basis: "place" | "part" | "company" | "law";
}

/**
 * Authorities for people at a place, the nearest first. Under Art. 77(1) GDPR one may choose the authority where one
 * lives, works, or where the infringement happened; so the company's own comes after the reader's.
 */
export function authoritiesFor(
  place: Place | null,
  law: RequestLaw,
  authorities: readonly Authority[],
  directory: EntityDirectory | null | undefined,
  language: Language = "en",
): AuthorityOption[] {
  const suitable = authorities.filter(
    ({ field, covers }) => field === "data_protection" && (covers === "everyone" || covers === "companies"),
  );
  const code = place?.code ?? "";
  const own = suitable.filter((item) => item.jurisdictions.includes(code) && !item.directory);
  const parts = suitable.filter((item) => item.jurisdictions.some((where) => code && where.startsWith(`${code}-`)));
  const company = (directory?.authorities ?? [])
    .filter(({ jurisdiction }) => place?.codes.includes(jurisdiction))
    .flatMap(({ authority }) => suitable.filter(({ id }) => id === authority));
  const options = [
    ...own.map((item) => ({ ...option(item, "place"), ...officialName(item.id, law, language) })),
    ...parts.map((item) => option(item, "part")),
    ...company.map((item) => option(item, "company")),
  ];
  if (law.authority && !own.some((item) => item.id === law.authority?.id)) {
    const { id, name, names, complaint_url: url, directory: list = false } = law.authority;
    const called = names?.[language] ?? name;
    options.push({ id, name: called, url: httpsAddress(url), email: null, postal: null, directory: list, basis: "law" });
  }
  return options.filter((item, order) => options.findIndex(({ id }) => id === item.id) === order);
}

/** The office that a letter names: the first that is one. Null where only a page is known that leads to it. */
export function namedAuthority(options: readonly AuthorityOption[]): AuthorityOption | null {
  // Of several parts of a country only the reader knows which is theirs.
  const certain = options.filter(({ basis, directory }) => !directory && basis !== "part");
  return certain.find(({ basis }) => basis === "place" || basis === "law") ?? null;
}

/** The name in the letter's language, where the law's own entry has one. */
function officialName(id: string, { authority }: RequestLaw, language: Language): { name: string } | undefined {
  const name = authority?.id === id ? authority.names?.[language] : undefined;
  return name ? { name } : undefined;
}

function option(item: Authority, basis: AuthorityOption["basis"]): AuthorityOption {
  return {
    id: item.id,
    name: item.name,
    url: httpsAddress(item.complaint_url) ?? httpsAddress(item.url),
    email: mailAddress(item.email),
    postal: item.postal ?? null,
    directory: item.directory ?? false,
    basis,
  };
}
