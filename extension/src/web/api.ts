/**
 * Stands in for `platform/api` in the scripts of the server's own pages: what card, panel and letter use of a browser's
 * extension interface, within one page. Messages go from one part of the page's script to the other; what is kept is
 * kept as `browser-store.ts` says.
 */
import texts from "virtual:messages";
import { forget, keep, readKept, type Area } from "./browser-store";
import { TAB } from "./tab";

type Respond = (reply: unknown) => void;
type Listener = (message: unknown, sender: object, respond: Respond) => boolean | undefined;

const listeners = new Set<Listener>();

/** No address begins so: nobody here is a page of an extension. */
const NOWHERE = "about:clauselight-reader#";
const ID = "clauselight-reader";

function deliver(message: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    const sender = { id: ID, url: location.href, tab: { id: TAB } };
    const taken = [...listeners].filter((listener) => listener(message, sender, resolve) === true);
    if (taken.length === 0) resolve(undefined);
  });
}

function filledIn(key: string, substitutions: readonly string[] = []): string {
  if (key === "@@ui_locale") return "en";
  return (texts[key] ?? "").replace(/\$(\d)/g, (_all, digit: string) => substitutions[Number(digit) - 1] ?? "");
}

function area(name: Area): object {
  return {
    get: async (keys: string | readonly string[]) =>
      Object.fromEntries([keys].flat().map((key) => [key, readKept(name, key)]).filter(([, value]) => value !== undefined)),
    set: async (values: Readonly<Record<string, unknown>>) => {
      for (const [key, value] of Object.entries(values)) keep(name, key, value);
    },
    remove: async (keys: readonly string[]) => keys.forEach((key) => forget(name, key)),
  };
}

const page = {
  runtime: {
    id: ID,
    getURL: (path: string) => NOWHERE + path,
    sendMessage: deliver,
    onMessage: {
      addListener: (listener: Listener) => void listeners.add(listener),
      removeListener: (listener: Listener) => void listeners.delete(listener),
    },
  },
  tabs: { sendMessage: (_tab: number, message: unknown) => deliver(message) },
  storage: { local: area("local"), session: area("session") },
  i18n: { getMessage: filledIn },
};

export const api = page as unknown as typeof chrome;
