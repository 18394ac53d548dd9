/** Which authority a complaint goes to: the one of the reader's place first, then the company's own. */
import type { Authority, EntityDirectory } from "../contract/types";
import type { Place } from "./place";
import { httpsAddress } from "./recipient";
import { mailAddress } from "./mail-link";
import type { RequestLaw } from "./types";

export interface AuthorityOption {
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
  readonly email: string | null;
  readonly postal: string | null;
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
    ...own.map((item) => option(item, "place")),
    ...parts.map((item) => option(item, "part")),
    ...company.map((item) => option(item, "company")),
  ];
  if (law.authority && !own.some((item) => item.id === law.authority?.id)) {
    const { id, name, complaint_url: url } = law.authority;
    options.push({ id, name, url: httpsAddress(url), email: null, postal: null, basis: "law" });
  }
  return options.filter((item, order) => options.findIndex(({ id }) => id === item.id) === order);
}

function option(item: Authority, basis: AuthorityOption["basis"]): AuthorityOption {
  return {
    id: item.id,
    name: item.name,
    url: httpsAddress(item.complaint_url) ?? httpsAddress(item.url),
    email: mailAddress(item.email),
    postal: item.postal ?? null,
    basis,
  };
}
