import { describe, expect, it } from "vitest";
import type { Action, ProvisionDraft, ProvisionRecord } from "../../contract/types";
import { changedParts, draftOf, formOf, newForm, same, textsOf, withKind, withKnownTexts, withPart, withQuote, type Form } from "./form";

const QUOTE = { exact: "We sell your data.", prefix: "", suffix: " Always." };
const ACTION = { kind: "opt_out", title: "Say no" } as unknown as Action;

function known(type: string, severity: "low" | "high", text: string): ProvisionDraft {
  return {
    clause_type: type,
    severity,
    title: `${text} title`,
    explanation: { what_it_is: `${text} is`, how_it_affects_you: `${text} affects`, why_it_matters: `${text} matters` },
  };
}
const SALE = known("data-sale", "high", "Sale");
const MAIL = known("marketing-use", "low", "Mail");

const RECORD = {
  id: "CL-P-000900", clause_type: "data-sale", severity: "high", confidence: "medium", evidence_basis: "explicit_document_language",
  method: "curated", title: "Sold", quote: { selector: QUOTE }, actions: [ACTION],
  explanation: { what_it_is: "A.", how_it_affects_you: "B.", why_it_matters: "C.", interpretive_note: null },
} as unknown as ProvisionRecord;

const started = withKind(newForm(QUOTE), null, SALE);

describe("a new form", () => {
  it("sends nothing until kind and severity are chosen", () => {
    expect(draftOf(newForm(QUOTE))).toBeNull();
    expect(draftOf({ ...started, severity: null })).toBeNull();
  });

  it("takes texts and severity from what is known of the kind", () => {
    expect(draftOf(started)).toEqual({ ...SALE, quote: QUOTE, confidence: "high", evidence_basis: "explicit_document_language" });
  });

  it("about the whole document is inferred, and has no words", () => {
    const draft = draftOf(withKind(newForm(null), null, SALE));
    expect(draft).not.toHaveProperty("quote");
    expect(draft?.evidence_basis).toBe("inferred_from_context");
  });

  it("sends what is blank, so that the server says that it is missing, but no blank note", () => {
    const blank = { ...started, texts: { ...started.texts, title: "  ", interpretive_note: " \n" }, summary: " " };
    expect(draftOf(blank)).toMatchObject({ title: "" });
    expect(draftOf(blank)?.explanation).not.toHaveProperty("interpretive_note");
    expect(draftOf(blank)).not.toHaveProperty("summary");
  });
});

describe("another kind of clause", () => {
  it("brings its own texts where nothing was written, and leaves what was", () => {
    const mine = { ...started, texts: { ...started.texts, title: "My own title" } };
    const now = withKind(mine, SALE, MAIL);
    expect(now.texts).toMatchObject({ title: "My own title", what_it_is: "Mail is", why_it_matters: "Mail matters" });
    expect(now.clauseType).toBe("marketing-use");
  });

  it("brings its severity unless another than the usual one was chosen", () => {
    expect(withKind(started, SALE, MAIL).severity).toBe("low");
    expect(withKind({ ...started, severity: "medium" }, SALE, MAIL).severity).toBe("medium");
  });

  it("brings its ways to act", () => {
    expect(withKind(formOf(RECORD), SALE, MAIL).actions).toBeNull();
  });

  it("can have its texts taken whatever was written", () => {
    expect(withKnownTexts({ ...started, texts: textsOf(RECORD) }, SALE).texts).toEqual(textsOf(SALE));
  });
});

describe("the form of a record", () => {
  it("sends back all of it when nothing was changed", () => {
    expect(draftOf(formOf(RECORD))).toEqual({
      clause_type: "data-sale", severity: "high", confidence: "medium", evidence_basis: "explicit_document_language", title: "Sold",
      explanation: { what_it_is: "A.", how_it_affects_you: "B.", why_it_matters: "C." }, quote: QUOTE, actions: [ACTION],
    });
  });

  it("is sure of what a person has read now", () => {
    expect(formOf({ ...RECORD, method: "automatic", confidence: "low" }).confidence).toBe("high");
  });

  it("keeps its ways to act with the same words, and has them written anew with others", () => {
    const form = formOf(RECORD);
    expect(withQuote(form, { ...QUOTE, prefix: "x" }).actions).toEqual([ACTION]);
    expect(withQuote(form, { exact: "Others." }).actions).toBeNull();
    expect(withQuote(form, null).basis).toBe("inferred_from_context");
    expect(withQuote(withQuote(form, null), QUOTE).basis).toBe("explicit_document_language");
  });
});

describe("parts of two forms", () => {
  const form = formOf(RECORD);
  it("are the same whatever blanks stand at their ends and whatever order their fields have", () => {
    const alike: Form = {
      ...form,
      texts: { ...form.texts, title: " Sold " },
      quote: { suffix: " Always.", prefix: "", exact: "We sell your data.", type: "TextQuoteSelector" },
    };
    expect(changedParts(form, alike)).toEqual([]);
    expect(same([ACTION], [{ title: "Say no", kind: "opt_out", steps: null }])).toBe(true);
    expect(same(null, [])).toBe(false);
  });

  it("are named in the order of the form", () => {
    const other = { ...withPart(withQuote(form, null), "title", started), severity: "low" as const };
    expect(changedParts(form, other)).toEqual(["quote", "severity", "title", "basis", "actions"]);
  });
});
