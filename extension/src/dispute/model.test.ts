import { describe, expect, it } from "vitest";
import { canBeReported, EMPTY_FORM, MOST_COMMENT, REASONS, requestOf } from "./model";

const LABEL = "CL-P-000005";

describe("what is sent of a report", () => {
  it("is nothing without a reason", () => {
    expect(requestOf(LABEL, { ...EMPTY_FORM, comment: "Only when I ask for it." })).toBeNull();
  });

  it("is the label and the reason alone, when nothing else was filled in", () => {
    for (const reason of REASONS) expect(requestOf(LABEL, { ...EMPTY_FORM, reason })).toEqual({ provision: LABEL, reason });
    expect(requestOf(LABEL, { ...EMPTY_FORM, reason: "other", comment: "  \n", contact: " " })).toEqual({ provision: LABEL, reason: "other" });
  });

  it("has the severity only where the severity is what is wrong", () => {
    const form = { ...EMPTY_FORM, severity: "low" as const };
    expect(requestOf(LABEL, { ...form, reason: "wrong-severity" })).toMatchObject({ proposed_severity: "low" });
    expect(requestOf(LABEL, { ...form, reason: "outdated" })).not.toHaveProperty("proposed_severity");
  });

  it("has the kind only where the kind is what is wrong", () => {
    const form = { ...EMPTY_FORM, kind: "data-sale" };
    expect(requestOf(LABEL, { ...form, reason: "wrong-kind" })).toEqual({ provision: LABEL, reason: "wrong-kind", proposed_type: "data-sale" });
    expect(requestOf(LABEL, { ...form, reason: "misleading" })).not.toHaveProperty("proposed_type");
  });

  it("keeps to the lengths of the contract", () => {
    const sent = requestOf(LABEL, { ...EMPTY_FORM, reason: "other", comment: "x".repeat(9_000), contact: " me@example.org " });
    expect(sent?.comment).toHaveLength(MOST_COMMENT);
    expect(sent?.contact).toBe("me@example.org");
  });

  it("goes nowhere for a label that no server keeps", () => {
    expect(canBeReported({ id: LABEL })).toBe(true);
    expect(canBeReported({ id: "CL-A-000001" })).toBe(false);
  });
});
