import { afterEach, expect, it } from "vitest";
import { showDay, showOwnDay } from "./dates";

const zone = process.env["TZ"];
afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

it("shows the days of records as they are, and those of the reader by their own clock", () => {
  process.env["TZ"] = "America/Los_Angeles";
  const evening = Date.parse("2026-11-24T04:30:00Z"); // 20:30 on the 23rd there
  expect(showDay("2026-11-24")).toBe("November 24, 2026");
  expect(showDay("2026-11-24T04:30:00Z")).toBe("November 24, 2026");
  expect(showOwnDay(evening)).toBe("November 23, 2026");
  expect(showDay("no date")).toBe("no date");
});
