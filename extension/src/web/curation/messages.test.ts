import { describe, expect, it } from "vitest";
import { newForm, withKind } from "./form";
import { countOf, fieldOf, firstField, messagesOf, missing } from "./messages";

const NEEDED = "Write something here.";
const FORM = { ...withKind(newForm(null), null, { clause_type: "data-sale", severity: "high", title: "Sold" }) };

describe("what is wrong", () => {
  it("stands with the field that it is about, whether a draft's or a record's path names it", () => {
    expect(["title", "explanation.why_it_matters", "quote.exact", "quote.selector.exact", "actions.0.url", "clause_type"].map(fieldOf)).toEqual([
      "title", "why_it_matters", "quote", "quote", "actions", "clause_type",
    ]);
    expect(["explanation", "provenance.sha256", "history.changes", "constructor", ""].map(fieldOf)).toEqual([
      "what_it_is", "whole", "whole", "whole", "whole",
    ]);
  });

  it("is a sentence, and one with nowhere to stand says what it is about", () => {
    const found = messagesOf(
      [
        { field: "quote.selector.exact", message: "the quote does not occur in the snapshot it names" },
        { field: "history.changes", message: "is out of order" },
      ],
      FORM,
      NEEDED,
    );
    expect(found).toEqual({
      quote: ["The quote does not occur in the snapshot it names."],
      whole: ["History.changes: is out of order."],
    });
  });

  it("says in plain words that something is missing, once", () => {
    const errors = ["too short", "no match"].map((message) => ({ field: "explanation.what_it_is", message }));
    expect(messagesOf(errors, FORM, NEEDED)).toEqual({ what_it_is: [NEEDED] });
    expect(messagesOf([{ field: "title", message: "too long" }], FORM, NEEDED)).toEqual({ title: ["Too long."] });
  });

  it("leads to the first field of the form", () => {
    const found = messagesOf([{ field: "summary", message: "x" }, { field: "title", message: "y" }], FORM, NEEDED);
    expect([firstField(found), countOf(found), firstField({})]).toEqual(["title", 2, null]);
  });
});

describe("what is missing before anything can be asked", () => {
  it("is the kind, then the severity", () => {
    expect(missing(newForm(null), "Choose one.")).toEqual({ clause_type: ["Choose one."] });
    expect(missing({ ...FORM, severity: null }, "Choose one.")).toEqual({ severity: ["Choose one."] });
    expect(missing(FORM, "Choose one.")).toEqual({});
  });
});
