/**
 * Typed messages between the contexts of the extension (`messages.ts` lists them all).
 * A message is an envelope with its addressee, because a browser delivers `runtime` messages to every page at once.
 */
import type { CallName, Calls, Envelope, EventName, Events, OrderName, Orders } from "../messages";
import { api } from "./api";

/** Who asked. Only a page of the extension itself is trusted with more than its own tab. */
export interface Sender {
  readonly tabId: number | null;
  /** Address of the page or frame that asked, as the browser knows it. */
  readonly url: string | null;
  readonly extensionPage: boolean;
}

type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string };

export type CallHandlers = {
  readonly [Name in CallName]: (body: Calls[Name]["request"], sender: Sender) => Promise<Calls[Name]["response"]>;
};
export type OrderHandlers = {
  readonly [Name in OrderName]: (body: Orders[Name]["request"]) => Promise<Orders[Name]["response"]>;
};

/** The other side was there and failed, or was not there. */
export class MessageFailed extends Error {
  override readonly name = "MessageFailed";
}

function opened<T>(reply: Reply | undefined, name: string): T {
  if (reply === undefined) throw new MessageFailed(`${name}: nobody answered`);
  if (!reply.ok) throw new MessageFailed(`${name}: ${reply.error}`);
  return reply.value as T;
}

/** Asks the background worker. Rejects with MessageFailed when it fails or is gone. */
export async function call<Name extends CallName>(
  name: Name,
  body: Calls[Name]["request"],
): Promise<Calls[Name]["response"]> {
  const envelope: Envelope = { to: "background", name, body };
  return opened(await send(() => api.runtime.sendMessage(envelope), name), name);
}

/** Asks the overlay of a tab. Rejects with MessageFailed when the tab has none. */
export async function order<Name extends OrderName>(
  tabId: number,
  name: Name,
  body: Orders[Name]["request"],
): Promise<Orders[Name]["response"]> {
  const envelope: Envelope = { to: "overlay", name, body };
  return opened(await send(() => api.tabs.sendMessage(tabId, envelope, { frameId: 0 }), name), name);
}

async function send(deliver: () => Promise<unknown>, name: string): Promise<Reply | undefined> {
  try {
    return (await deliver()) as Reply | undefined;
  } catch (error) {
    throw new MessageFailed(`${name}: ${String(error)}`);
  }
}

/** Tells all open pages of the extension; nobody listening is no error. */
export async function broadcast<Name extends EventName>(name: Name, body: Events[Name]): Promise<void> {
  const envelope: Envelope = { to: "pages", name, body };
  try {
    await api.runtime.sendMessage(envelope);
  } catch {
    // No page is open.
  }
}

/** Listens to one event of the background worker; returns the function that ends it. */
export function onEvent<Name extends EventName>(name: Name, listener: (body: Events[Name]) => void): () => void {
  const receive = (message: unknown): undefined => {
    if (isEnvelope(message, "pages") && message.name === name) listener(message.body as Events[Name]);
  };
  api.runtime.onMessage.addListener(receive);
  return () => api.runtime.onMessage.removeListener(receive);
}

/** Answers every call; for the background worker. A call of a page script's overlay may only concern its own tab. */
export function answerCalls(handlers: CallHandlers): void {
  answer("background", (name) => (Object.hasOwn(handlers, name) ? handlers[name as CallName] : undefined));
}

/** Answers every order; for the overlay. Returns the function that ends it. */
export function answerOrders(handlers: OrderHandlers): () => void {
  return answer("overlay", (name) => (Object.hasOwn(handlers, name) ? handlers[name as OrderName] : undefined));
}

type AnyHandler = (body: never, sender: Sender) => Promise<unknown>;

function answer(addressee: Envelope["to"], find: (name: string) => AnyHandler | undefined): () => void {
  const receive = (
    message: unknown,
    sender: chrome.runtime.MessageSender,
    respond: (reply: Reply) => void,
  ): boolean | undefined => {
    if (sender.id !== api.runtime.id || !isEnvelope(message, addressee)) return undefined;
    const handler = find(message.name);
    if (handler === undefined) return undefined;
    void settle(handler(message.body as never, identify(sender))).then(respond);
    return true; // the answer comes later
  };
  api.runtime.onMessage.addListener(receive);
  return () => api.runtime.onMessage.removeListener(receive);
}

async function settle(work: Promise<unknown>): Promise<Reply> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    console.warn("Clauselight:", error);
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

function identify(sender: chrome.runtime.MessageSender): Sender {
  return {
    tabId: sender.tab?.id ?? null,
    url: sender.url ?? null,
    extensionPage: sender.url?.startsWith(api.runtime.getURL("")) ?? false,
  };
}

function isEnvelope(message: unknown, addressee: Envelope["to"]): message is Envelope {
  return (
    typeof message === "object" &&
    message !== null &&
    "to" in message &&
    message.to === addressee &&
    "name" in message &&
    typeof message.name === "string" &&
    "body" in message
  );
}
