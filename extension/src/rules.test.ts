/** Rules that hold over the whole source: who may touch the browser, the network and markup; texts; permissions. */
import { describe, expect, it } from "vitest";
import { BROWSERS, manifest } from "../scripts/manifest.mjs";
import { LANGUAGES, mergedMessages, webMessages } from "../scripts/messages.mjs";
import { reachedFrom } from "./testing/import-graph";
import { repositoryFile, sourceFiles, withoutComments } from "./testing/source-files";

const files = sourceFiles().map(({ path, text }) => ({ path, code: withoutComments(text) }));
const filesWith = (pattern: RegExp): string[] => files.filter(({ code }) => pattern.test(code)).map(({ path }) => path);

/** The rows of the table under a heading of the README: the code words of their first cells. */
function table(heading: string): string[] {
  const [, section = ""] = repositoryFile("README.md").split(`\n### ${heading}\n`);
  const rows = section.split(/\n#{2,3} /, 1)[0] ?? "";
  return [...rows.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1] ?? "");
}

describe("the browser", () => {
  it("is touched only in platform/", () => {
    const outside = filesWith(/\b(chrome|browser)\.[a-z]/i).filter((path) => !path.startsWith("platform/"));
    expect(outside).toEqual([]);
    expect(filesWith(/from "[./]*(platform\/)?api"/).filter((path) => !path.startsWith("platform/"))).toEqual([]);
  });
});

describe("the network", () => {
  it("is reached from one file only", () => {
    expect(filesWith(/\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|RTCPeerConnection|importScripts/)).toEqual([
      "background/server.ts",
      "web/server.ts", // in the reader of the server's pages, which is no part of the extension
    ]);
  });

  it("is asked for exactly what PRIVACY in the README lists", () => {
    const server = files.find(({ path }) => path === "background/server.ts")?.code ?? "";
    const asked = [...server.matchAll(/["`](\/v1\/[^"`]*)["`]/g)].map((match) => (match[1] ?? "").replace(/\$\{(\w+)\}/g, "{$1}"));
    expect(asked.sort()).toEqual(table("Requests").map((row) => row.replace(/^(GET|POST) /, "")).sort());
    const inExtension = filesWith(/["`]\/v1\//).filter((path) => !path.startsWith("web/"));
    expect(inExtension).toEqual(["background/server.ts"]);
    expect(filesWith(/from "[./]*web\//).filter((path) => !path.startsWith("web/"))).toEqual([]);
  });

  it("is sent something in two requests only: the analysis of a page, and a report that a label is wrong", () => {
    const server = files.find(({ path }) => path === "background/server.ts")?.code ?? "";
    expect(table("Requests").filter((row) => !row.startsWith("GET ")).sort()).toEqual(["POST /v1/analyses", "POST /v1/disputes"]);
    expect(server.match(/\bmethod:/g)).toHaveLength(1);
    expect(server.match(/JSON\.stringify\(/g)).toHaveLength(1);
    expect(filesWith(/\bpostAnalysis\(/)).toEqual(["background/analysis.ts", "background/server.ts"]);
    expect(filesWith(/\b(post|fetch)Dispute\(/)).toEqual(["background/disputes.ts", "background/server.ts"]);
    // Only by a press of a button of the form or of the report below it.
    const asked = filesWith(/"dispute\.(send|check)"/).filter((path) => !path.startsWith("web/"));
    expect(asked).toEqual(["background/router.ts", "messages.ts", "ui/provision/dispute-port.ts"]);
  });

  it("gets no page that nobody looked at: the background reads pages in two places, the popup asks for both", () => {
    expect(filesWith(/\breadInPage\(/)).toEqual(["background/analysis.ts", "platform/reader.ts"]);
    expect(filesWith(/"analysis\.(offer|preview|start)"/).filter((path) => !/^(messages|background\/router)\.ts$/.test(path))).toEqual([
      "popup/analyse.tsx",
    ]);
  });
});

describe("the reader's profile and requests", () => {
  it("are read by pages of the extension and the daily reminder only: no message and no overlay has them", () => {
    const profile = filesWith(/from "[./]*profile-store"/);
    // In a page of the server it is that browser's storage for that server: apart from the extension's.
    expect(profile.filter((path) => !/^(letter|options)\//.test(path))).toEqual(["web/letter.tsx"]);
    const tracker = filesWith(/from "[./]*tracker-store"/);
    expect(tracker.filter((path) => !/^(letter|cases)\//.test(path))).toEqual(["background/reminders.ts", "ui/page/use-open-cases.ts"]);
    expect(filesWith(/use-open-cases"/)).toEqual(["options/letters.tsx", "popup/my-requests.tsx"]);
  });
});

describe("what a bundle carries", () => {
  const tracker = /^(actions\/(tracker|tracker-file|case-letters)|tracker-store|cases\/.*|letter\/sent)\.tsx?$/;

  it("is no tracker on the server's pages, and no settings of the extension", () => {
    expect(reachedFrom("letter/main.tsx").filter((path) => tracker.test(path)).length, "the rule finds it where it is").toBeGreaterThan(3);
    for (const entry of ["web/main.tsx", "web/ways.tsx", "web/letter.tsx"]) {
      const reached = reachedFrom(entry);
      expect(reached.length).toBeGreaterThan(10);
      expect(reached.filter((path) => tracker.test(path) || path === "settings-store.ts"), entry).toEqual([]);
    }
  });

  it("is nothing that can ask the network, in the page that a letter is written in", () => {
    for (const entry of ["web/ways.tsx", "web/letter.tsx"]) {
      expect(reachedFrom(entry).filter((path) => /(^|\/)server\.ts$/.test(path)), entry).toEqual([]);
    }
  });

  it("is words and addresses of letters only where letters are written", () => {
    for (const entry of ["background/main.ts", "options/main.tsx", "overlay/main.ts", "web/main.tsx", "web/ways.tsx"]) {
      expect(reachedFrom(entry), entry).not.toContain("actions/letter-data.ts");
    }
    expect(reachedFrom("background/main.ts")).toContain("actions/data.ts");
  });
});

describe("the ledger of requests", () => {
  it("is written before the network is reached, in the one place that reaches it", () => {
    const server = files.find(({ path }) => path === "background/server.ts")?.code ?? "";
    expect(server.match(/\bfetch\(/g)).toHaveLength(1);
    expect(server).toMatch(/await noteRequest\(url, condition\.why, Date\.now\(\), sent\);\s+const answer = await ask\(/);
    expect(server.match(/\bask\(/g)).toHaveLength(1);
  });
});

describe("content of pages and servers", () => {
  it("never becomes markup or code", () => {
    expect(filesWith(/innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|\beval\(|new Function/)).toEqual([]);
  });
});

describe("PERMISSIONS in the README", () => {
  it("justifies exactly the permissions of the manifests", () => {
    const asked = new Set(BROWSERS.flatMap((browser) => manifest(browser).permissions));
    expect(table("Permissions").sort()).toEqual([...asked].sort());
  });

  it("justifies exactly the permissions that are asked for later", () => {
    for (const browser of BROWSERS) expect(table("Permissions when you say so")).toEqual(manifest(browser).optional_permissions);
  });

  it("justifies exactly the access to sites", () => {
    for (const browser of BROWSERS) {
      const { host_permissions: host, optional_host_permissions: optional, ...rest } = manifest(browser);
      expect(table("Access to sites at installation")).toEqual(host);
      expect(table("Access to sites when you say so")).toEqual(optional);
      expect(rest).not.toHaveProperty("content_scripts");
      expect(rest).not.toHaveProperty("web_accessible_resources");
      expect(rest).not.toHaveProperty("externally_connectable");
    }
  });
});

describe("the message catalogue", () => {
  const english = Object.keys(mergedMessages("en"));

  it("has every text that the manifest names", () => {
    const named = BROWSERS.flatMap((browser) => [...JSON.stringify(manifest(browser)).matchAll(/__MSG_(\w+)__/g)]);
    for (const [, key] of named) expect(english).toContain(key);
  });

  it("has no text that nobody shows", () => {
    const code = files.map((file) => file.code).join("\n") + BROWSERS.map((browser) => JSON.stringify(manifest(browser))).join();
    // Keys stand in the code as they are, as the stem of a number's two forms, or made from a word: `ui_severity_${word}`.
    const written = new Set([...code.matchAll(/["'`](\w+)["'`]/g), ...code.matchAll(/__MSG_(\w+)__/g)].map((match) => match[1]));
    const made = [...code.matchAll(/`((?:[a-z_]+|\$\{[^}`]*\})+)`/g)]
      .map((match) => match[1] ?? "")
      .filter((template) => template.includes("${") && /^[a-z]+_/.test(template))
      .map((template) => new RegExp(`^${template.replace(/\$\{[^}]*\}/g, "[a-z_]+")}$`));
    const isShown = (key: string): boolean => written.has(key) || made.some((pattern) => pattern.test(key));
    expect(english.filter((key) => !isShown(key.replace(/^web_/, "")) && !isShown(key.replace(/_(one|other)$/, "")))).toEqual([]);
  });

  it("has words of its own for the server's pages where those of the extension would be wrong there", () => {
    const web = english.filter((key) => key.startsWith("web_"));
    expect(web.length).toBeGreaterThan(0);
    const shown = webMessages("en", /^(actions|letters)_/);
    for (const key of web) {
      expect(shown[key.slice(4)]).toBe(mergedMessages("en")[key]?.message);
      expect(english).toContain(key.slice(4));
    }
    expect(shown["letters_copy"]).toBe("Copy");
    expect(Object.keys(shown).filter((key) => !/^(actions|letters)_/.test(key))).toEqual([]);
  });

  it("has the same keys and places in every language", () => {
    const places = (text: string): string[] => [...text.matchAll(/\$\d/g)].map(String).sort();
    for (const language of LANGUAGES) {
      const messages = mergedMessages(language);
      expect(Object.keys(messages).sort(), language).toEqual([...english].sort());
      for (const [key, { message }] of Object.entries(messages)) {
        expect(message.trim(), `${language} ${key}`).not.toBe("");
        expect(places(message), `${language} ${key}`).toEqual(places(mergedMessages("en")[key]?.message ?? ""));
      }
    }
  });

  it("has both forms of every text with a number", () => {
    for (const key of english.filter((name) => /_(one|other)$/.test(name))) {
      expect(english).toContain(key.replace(/_(one|other)$/, (form) => (form === "_one" ? "_other" : "_one")));
    }
  });

  it("is the only place with texts for people in the pages", () => {
    const loose = files
      .filter(({ path }) => path.endsWith(".tsx"))
      .flatMap(({ path, code }) =>
        [...code.matchAll(/(?:>|aria-label="|title=")\s*([A-Z][a-z]+(?: [a-z]+)+)/g)].map((match) => `${path}: ${match[1]}`),
      );
    expect(loose).toEqual([]);
  });
});
