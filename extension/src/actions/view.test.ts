import { expect, it } from "vitest";
import { choose } from "./choose";
import { PLACES, REQUESTS } from "./data";
import { placeOf } from "./place";
import { action, directory, entry, provision } from "./testing/samples";
import { choiceView } from "./view";

function shown(code: string | null): ReturnType<typeof choiceView> {
  const place = placeOf(PLACES, code);
  const facts = directory(
    entry({ kind: "contact", email: "privacy@example.com" }),
    entry({ kind: "deletion", url: "https://example.com/delete", check: { status: "dead", checked_at: "2026-11-01T00:00:00Z" } }),
  );
  const choice = choose({ provision: provision("ai-training-on-user-content", [action()]), directory: facts, place, requests: REQUESTS, language: "en" });
  return choiceView(choice, place, PLACES, "en");
}

it("says of each way what it does, costs and rests on, in a few kilobytes", () => {
  const view = shown("DE");
  expect(view.best).toMatchObject({ request: "objection-ai-training", letter: true, email: "privacy@example.com", right: "yes" });
  expect(view.best?.refuse).toBeTruthy();
  expect(view.best?.deadline?.basis).toBe("law");
  const leaving = view.more.find(({ fact }) => fact?.kind === "deletion");
  expect(leaving).toMatchObject({ stale: true, accountLost: true, fact: { page: true, check: { status: "dead" } } });
  // It crosses into every page with a card: no law and no letter goes along.
  expect(JSON.stringify(view).length).toBeLessThan(16_000);
});

it("lists every place to choose from, and none is chosen by itself", () => {
  const view = shown(null);
  expect(view.place).toBeNull();
  const codes = view.places.flatMap(({ places }) => places.map(({ code }) => code));
  expect(codes).toEqual(expect.arrayContaining(["DE", "UK", "US-CA", "BR", "elsewhere"]));
});
