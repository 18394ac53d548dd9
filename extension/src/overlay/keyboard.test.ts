import { describe, expect, it } from "vitest";
import { meaningOf, type KeyPress } from "./keyboard";

const press = (more: Partial<KeyPress>): KeyPress => ({
  code: "", key: "", altKey: false, shiftKey: false, ctrlKey: false, metaKey: false, isComposing: false, ...more,
});

describe("keys on the page", () => {
  it("walk the clauses, whatever letter Alt makes of them", () => {
    expect(meaningOf(press({ code: "KeyJ", key: "J", altKey: true, shiftKey: true }), false)).toBe("next");
    expect(meaningOf(press({ code: "KeyK", key: "\u02da", altKey: true, shiftKey: true }), false)).toBe("previous");
  });

  it("are left to the page in form fields, with other modifiers, and while a word is composed", () => {
    const next = { code: "KeyJ", key: "J", altKey: true, shiftKey: true };
    expect(meaningOf(press(next), true)).toBeNull();
    expect(meaningOf(press({ ...next, ctrlKey: true }), false)).toBeNull();
    expect(meaningOf(press({ ...next, isComposing: true }), false)).toBeNull();
    expect(meaningOf(press({ ...next, shiftKey: false }), false)).toBeNull();
    expect(meaningOf(press({ key: "j", code: "KeyJ" }), false)).toBeNull();
  });

  it("close the card with Escape, also from a field of the page", () => {
    expect(meaningOf(press({ key: "Escape", code: "Escape" }), true)).toBe("escape");
  });
});
