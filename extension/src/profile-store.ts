/**
 * What the reader wants to be put into letters, kept on this computer only if they say so. Only the extension's own
 * pages read it: it is in no message to a page, in no settings file, and never sent.
 */
import { EMPTY_PROFILE, type Profile } from "./actions/letter-values";
import { alone } from "./alone";
import { local } from "./platform/storage";

export interface KeptProfile extends Profile {
  /** Customer or account numbers, by the entity's id. */
  readonly customerNumbers: Readonly<Record<string, CustomerNumber>>;
}

export interface CustomerNumber {
  /** Name of the entity, for people. */
  readonly entity: string;
  readonly number: string;
}

export const NO_PROFILE: KeptProfile = { ...EMPTY_PROFILE, customerNumbers: {} };

const KEY = "profile";
/** A pasted book is no name; letters cut at their own lengths. */
const LONGEST = 5_000;
const MOST_NUMBERS = 500;

/** null: nothing is kept. */
export async function readProfile(): Promise<KeptProfile | null> {
  return parseProfile(await local.get(KEY));
}

/** Keeps these fields; what another page kept meanwhile stays. A blank customer number takes the number out. */
export function saveProfile(changes: Partial<KeptProfile>): Promise<void> {
  return alone("profile", async () => {
    const kept = (await readProfile()) ?? NO_PROFILE;
    const customerNumbers = { ...kept.customerNumbers, ...changes.customerNumbers };
    await local.set({ [KEY]: parseProfile({ ...kept, ...changes, customerNumbers }) });
  });
}

export function eraseProfile(): Promise<void> {
  return alone("profile", () => local.remove([KEY]));
}

/** Field by field; what makes no sense is empty. */
export function parseProfile(stored: unknown): KeptProfile | null {
  if (typeof stored !== "object" || stored === null || Array.isArray(stored)) return null;
  const raw = stored as Partial<Record<keyof KeptProfile, unknown>>;
  const numbers = typeof raw.customerNumbers === "object" && raw.customerNumbers !== null ? raw.customerNumbers : {};
  return {
    name: text(raw.name),
    email: text(raw.email),
    address: text(raw.address),
    customerNumbers: Object.fromEntries(
      Object.entries(numbers)
        .map(([id, kept]): [string, CustomerNumber] => [id, customerNumber(id, kept)])
        .filter(([id, { number }]) => id !== "__proto__" && number.trim() !== "")
        .slice(0, MOST_NUMBERS),
    ),
  };
}

/** Earlier versions kept the bare number: the id has to stand for the name then. */
function customerNumber(id: string, kept: unknown): CustomerNumber {
  if (typeof kept !== "object" || kept === null) return { entity: id, number: text(kept) };
  const { entity, number } = kept as Partial<Record<keyof CustomerNumber, unknown>>;
  return { entity: text(entity).trim() || id, number: text(number) };
}

function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, LONGEST) : "";
}
