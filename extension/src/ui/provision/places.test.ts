import { beforeAll, expect, it } from "vitest";
import { useEnglishTexts } from "../../platform/testing/catalogue";
import { placeName } from "./places";

beforeAll(useEnglishTexts);

it("names states as those of their own country", () => {
  expect(placeName("US-WA")).toBe("Washington (United States)");
  expect(placeName("AU-WA")).toBe("WA (Australia)");
  expect(placeName("UK")).toBe("United Kingdom");
  expect(placeName("no place at all")).toBe("no place at all");
});
