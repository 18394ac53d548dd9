/**
 * Stands in for `platform/api` in the reader of the server's own pages: what overlay and panel use of a browser's
 * extension interface, within one page. Messages go from one part of the page's script to the other; nothing is kept.
 */
import texts from "virtual:messages";
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
  i18n: { getMessage: filledIn },
};

export const api = page as unknown as typeof chrome;
