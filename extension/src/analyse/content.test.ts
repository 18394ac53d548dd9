import { describe, expect, it } from "vitest";
import { countWords, keepableAddress, languageTag, requestOf, sizeOf, type PageContent } from "./content";

const CONTENT: PageContent = {
  title: "Privacy Policy",
  language: "en",
  blocks: [{ text: "We may sell your data.", kind: "paragraph" }],
  words: 5,
};

describe("the request", () => {
  it("has no address unless the page is to be kept, and says so", () => {
    const request = requestOf(CONTENT, null);
    expect(request).toEqual({ blocks: CONTENT.blocks, title: "Privacy Policy", language: "en", keep: false });
    expect(requestOf(CONTENT, "https://a.example/privacy")).toEqual({ ...request, keep: true, url: "https://a.example/privacy" });
  });

  it("leaves out what the page does not say", () => {
    expect(requestOf({ ...CONTENT, title: "  ", language: null }, null)).toEqual({ blocks: CONTENT.blocks, keep: false });
  });

  it("is measured as it goes over the wire", () => {
    const request = requestOf({ ...CONTENT, title: "Datenschutzerklärung" }, null);
    expect(sizeOf(request)).toBe(Buffer.byteLength(JSON.stringify(request)));
  });
});

it.each([
  ["en", "en"], ["en-US", "en-US"], ["en_us", "en-US"], ["DE", "de"], ["zh-hans-cn", "zh-Hans-CN"], ["de-x-odd", "de"],
  ["", null], [null, null], ["english", null], ["<script>", null],
])("understands the language %s", (said, meant) => {
  expect(languageTag(said)).toBe(meant);
});

it.each([
  ["https://a.example/privacy#s2", "https://a.example/privacy"], ["http://a.example/privacy", null],
  ["file:///tmp/a.html", null], ["https://me:secret@a.example/", null], [null, null],
])("keeps pages of %s at %s", (url, kept) => {
  expect(keepableAddress(url)).toBe(kept);
});

it("counts words of any script that has them", () => {
  expect(countWords("We don’t sell 3 things — ever.")).toBe(6);
  expect(countWords("Wir löschen Ihre Daten")).toBe(4);
  expect(countWords(" ")).toBe(0);
});
