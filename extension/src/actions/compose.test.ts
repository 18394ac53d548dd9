import { describe, expect, it } from "vitest";
import { choose } from "./choose";
import { composeLetter, composeOwnLetter } from "./compose";
import { PLACES, REQUESTS } from "./data";
import { LETTERS } from "./letter-data";
import { placeOf } from "./place";
import { action, provision, QUOTE } from "./testing/samples";

const profile = { name: "Zoë Müller", email: "zoe@example.org", address: "" };

describe("fill-ins by hand", () => {
  it("win over what is known", () => {
    const place = placeOf(PLACES, "DE");
    const { best } = choose({ provision: provision("long-retention"), directory: null, place, requests: REQUESTS, language: "en" });
    const letters = LETTERS.languages.en;
    const letter = composeLetter(
      { language: "en", letters, rule: best!.rule!, profile, subject: { entity: "E" }, today: "2026-11-23" },
      { name: "Z. M.", entity: "Example Ltd" },
    );
    expect(letter.body).toContain("To Example Ltd\n");
    expect(letter.body).toContain("Yours faithfully,\n\nZ. M.");
  });
});

describe("the record's own letter", () => {
  it("is filled once, and keeps what is not known for the reader", () => {
    const own = action({ letter: { subject: "To {entity}\nBcc: x", body: 'To {entity}\n\n"{clause}" {document}\nName: {name}\n' } }).letter!;
    expect(composeOwnLetter(own, { entity: "{clause}", clause: QUOTE }, "Eve\r\nBcc: x")).toEqual({
      subject: "To {clause} Bcc: x",
      body: `To {clause}\n\n"${QUOTE}" {document}\nName: Eve Bcc: x`,
    });
  });
});
