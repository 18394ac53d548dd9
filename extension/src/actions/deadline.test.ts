import { describe, expect, it } from "vitest";
import {
  addBusinessDays,
  addDays,
  addMonths,
  confirmBy,
  daysBetween,
  dueOn,
  extendedDueOn,
  isDay,
  isOverdue,
  optOutDays,
  receivedOn,
  today,
  workingDay,
} from "./deadline";
import { REQUESTS } from "./data";
import { MONTH } from "./testing/samples";

const ccpa = REQUESTS.laws.find(({ id }) => id === "ccpa")!;

describe("a month", () => {
  it.each([
    ["2026-03-05", "2026-04-05"], // The Board's own example, before the weekend rule.
    ["2026-08-31", "2026-09-30"],
    ["2026-01-31", "2026-02-28"],
    ["2028-01-31", "2028-02-29"],
    ["2026-12-31", "2027-01-31"],
  ])("from %s ends on %s", (from, to) => {
    expect(addMonths(from, 1)).toBe(to);
  });

  it("never ends in another month than the next, whatever the day", () => {
    for (let day = "2026-01-01"; day < "2029-01-01"; day = addDays(day, 1)) {
      const end = addMonths(day, 1);
      const months = (value: string): number => Number(value.slice(0, 4)) * 12 + Number(value.slice(5, 7));
      expect(months(end) - months(day)).toBe(1);
      expect(Number(end.slice(8))).toBeLessThanOrEqual(Number(day.slice(8)));
      expect(daysBetween(day, end)).toBeGreaterThanOrEqual(28);
    }
  });
});

describe("the last day", () => {
  it("moves from a weekend to Monday", () => {
    expect(workingDay("2026-11-21")).toBe("2026-11-23");
    expect(workingDay("2026-11-22")).toBe("2026-11-23");
    expect(workingDay("2026-11-23")).toBe("2026-11-23");
    expect(dueOn(MONTH, "2026-03-05")).toBe("2026-04-06");
  });

  it("under the GDPR is one month on, or three with an extension", () => {
    expect(dueOn(MONTH, "2026-11-23")).toBe("2026-12-23");
    expect(extendedDueOn(MONTH, "2026-11-23")).toBe("2027-02-23");
    // From the 30th of November in one piece; in two it would end on the 28th of March.
    expect(extendedDueOn(MONTH, "2026-11-30")).toBe("2027-03-01");
  });

  it("under the CCPA is 45 days on, 90 with an extension, and receipt is confirmed in 10 business days", () => {
    const answer = ccpa.deadlines["answer"]!;
    expect(dueOn(answer, "2026-11-23")).toBe("2027-01-07");
    expect(extendedDueOn(answer, "2026-11-23")).toBe("2027-02-22");
    expect(daysBetween("2026-11-23", "2027-02-21")).toBe(90);
    expect(confirmBy(answer, "2026-11-23")).toBe("2026-12-07");
    expect(dueOn(ccpa.deadlines["opt-out"]!, "2026-11-23")).toBe("2026-12-14");
  });

  it("is not yet overdue on the day itself", () => {
    expect(isOverdue("2026-12-23", "2026-12-23")).toBe(false);
    expect(isOverdue("2026-12-23", "2026-12-24")).toBe(true);
  });

  it("has no extension where the law names none", () => {
    const { extension, ...rest } = MONTH;
    expect(extendedDueOn(rest, "2026-11-23")).toBeNull();
    expect(extendedDueOn({ ...rest, extension: { when: extension!.when } }, "2026-11-23")).toBeNull();
    expect(confirmBy(rest, "2026-11-23")).toBeNull();
  });
});

describe("days", () => {
  it("are real ones, written one way", () => {
    for (const good of ["2026-11-23", "2028-02-29", "1999-12-31"]) expect(isDay(good), good).toBe(true);
    for (const bad of ["2026-02-29", "2026-13-01", "26-11-23", "2026-11-23T00:00:00Z", "0026-11-23", "9999-12-31", "", null, 20261123]) {
      expect(isDay(bad), String(bad)).toBe(false);
    }
  });

  it("are those of the reader's own clock", () => {
    expect(today(new Date(2026, 10, 23, 23, 59))).toBe("2026-11-23");
    expect(today(new Date(2026, 10, 23, 0, 1))).toBe("2026-11-23");
  });

  it("of work are Monday to Friday", () => {
    expect(addBusinessDays("2026-11-20", 1)).toBe("2026-11-23");
    expect(addBusinessDays("2026-11-21", 1)).toBe("2026-11-23");
    expect(addBusinessDays("2026-11-23", 10)).toBe("2026-12-07");
    for (let count = 0; count < 40; count += 1) {
      expect(daysBetween("2026-11-23", addBusinessDays("2026-11-23", count * 5))).toBe(count * 7);
    }
  });

  it("of receipt by post come later", () => {
    expect(receivedOn("2026-11-23", "email")).toBe("2026-11-23");
    expect(receivedOn("2026-11-20", "post")).toBe("2026-11-25");
  });
});

describe("the time that a clause gives to opt out", () => {
  it.each([
    ["You may opt out of arbitration by sending us written notice within 30 days of first accepting these Terms.", 30],
    ["To opt-out, write to us no later than thirty (30) days after you create an account.", 30],
    ["You can reject this agreement to arbitrate within sixty days.", 60],
    ["Disputes are settled by arbitration. You must first wait 60 days. You may opt out within 30 days.", 30],
    ["You may opt out within 30 days, or, if you are a new user, opt out within 60 days.", null],
    ["All disputes are settled by binding arbitration.", null],
    ["The arbitrator decides within 90 days.", null],
  ])("%s", (clause, days) => {
    expect(optOutDays(clause)).toBe(days);
  });
});
