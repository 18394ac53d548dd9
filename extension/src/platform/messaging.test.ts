import { beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "./api";
import { answerCalls, broadcast, call, MessageFailed, onEvent, order, type CallHandlers } from "./messaging";
import { emptyState } from "../background/tab-record";

type Listener = (message: unknown, sender: object, respond: (reply: unknown) => void) => unknown;
const listeners = new Set<Listener>();
const ORIGIN = "chrome-extension://clauselight/";
const OVERLAY = { id: "clauselight", tab: { id: 7 }, url: "https://site.example/privacy" };
const POPUP = { id: "clauselight", url: `${ORIGIN}popup.html` };
let from: object = POPUP;

/** Delivers as a browser does: to every listener; the first that promises an answer gives it. */
async function deliver(message: unknown): Promise<unknown> {
  const answers = [...listeners].map(
    (listener) =>
      new Promise((resolve) => {
        if (listener(message, from, resolve) !== true) resolve(undefined);
      }),
  );
  if (answers.length === 0) throw new Error("Could not establish connection. Receiving end does not exist.");
  return (await Promise.all(answers)).find((answer) => answer !== undefined);
}

beforeEach(() => {
  listeners.clear();
  from = POPUP;
  Object.assign(api, {
    runtime: {
      id: "clauselight",
      getURL: (path: string) => ORIGIN + path,
      sendMessage: deliver,
      onMessage: {
        addListener: (listener: Listener) => listeners.add(listener),
        removeListener: (listener: Listener) => listeners.delete(listener),
      },
    },
    tabs: { sendMessage: (_tab: number, message: unknown) => deliver(message) },
  });
});

function answerWith(name: string, handler: (...args: never[]) => Promise<unknown>): void {
  answerCalls({ [name]: handler } as unknown as CallHandlers);
}

describe("calls", () => {
  it("reach the background worker and come back", async () => {
    answerWith("page.state", async ({ tabId }: { tabId: number }) => emptyState(tabId));
    expect(await call("page.state", { tabId: 3 })).toMatchObject({ tabId: 3, status: "unknown" });
  });

  it("tell who asks: a page of the extension, or the overlay of a tab", async () => {
    const handler = vi.fn(async () => null);
    answerWith("cache.clear", handler);
    await call("cache.clear", {});
    from = OVERLAY;
    await call("cache.clear", {});
    expect(handler.mock.calls.map(([, sender]: unknown[]) => sender)).toEqual([
      { tabId: null, url: POPUP.url, extensionPage: true },
      { tabId: 7, url: OVERLAY.url, extensionPage: false },
    ]);
  });

  it("of another extension are not heard", async () => {
    const handler = vi.fn(async () => null);
    answerWith("cache.clear", handler);
    from = { ...POPUP, id: "somebody-else" };
    await expect(call("cache.clear", {})).rejects.toThrow(MessageFailed);
    expect(handler).not.toHaveBeenCalled();
  });

  it("fail with the reason when the handler fails, nobody knows them, or nobody is there", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await expect(call("cache.clear", {})).rejects.toThrow(MessageFailed);
    answerWith("cache.clear", async () => {
      throw new Error("disk full");
    });
    await expect(call("cache.clear", {})).rejects.toThrow(/disk full/);
    await expect(call("constructor" as "cache.clear", {})).rejects.toThrow(MessageFailed);
    listeners.clear();
    await expect(order(7, "overlay.remove", {})).rejects.toThrow(MessageFailed);
  });
});

describe("events", () => {
  it("reach open pages until they stop listening, and no page is no error", async () => {
    await broadcast("page.changed", { state: emptyState(1) });
    const heard = vi.fn();
    const stop = onEvent("page.changed", heard);
    await broadcast("page.changed", { state: emptyState(2) });
    stop();
    await broadcast("page.changed", { state: emptyState(3) });
    expect(heard.mock.calls).toEqual([[{ state: emptyState(2) }]]);
  });
});
