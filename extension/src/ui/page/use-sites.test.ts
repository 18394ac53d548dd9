import { expect, it } from "vitest";
import { siteName, sortSites } from "./use-sites";

it("lists what the user allowed, not what came with the installation", () => {
  expect(sortSites(["http://127.0.0.1/*"])).toEqual({ single: [], all: false });
  expect(sortSites(["https://b.example/*", "http://127.0.0.1/*", "https://a.example/*"])).toEqual({
    single: ["https://a.example/*", "https://b.example/*"],
    all: false,
  });
  expect(sortSites(["https://*/*", "http://*/*", "https://a.example/*"])).toEqual({ single: ["https://a.example/*"], all: true });
});

it("writes a site as people do", () => {
  expect(siteName("https://www.example.org/*")).toBe("www.example.org");
});
