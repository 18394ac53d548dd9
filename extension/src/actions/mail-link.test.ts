import { describe, expect, it } from "vitest";
import { mailAddress } from "./address";
import { letterFileName, mailLink, MAX_LINK } from "./mail-link";

const to = "privacy@example.com";

/** A link taken apart as a mail program does (RFC 6068). */
function opened(href: string): { to: string; fields: [string, string][] } {
  const [address = "", query = ""] = href.replace(/^mailto:/, "").split("?");
  const fields = query.split("&").filter(Boolean).map((field): [string, string] => {
    const [name = "", value = ""] = field.split("=");
    return [name, decodeURIComponent(value)];
  });
  return { to: decodeURIComponent(address), fields };
}

describe("a letter as a link", () => {
  it("keeps every character, with CRLF between lines", () => {
    const link = mailLink({ to, subject: "Löschung & Auskunft: 100 %?", body: "Sehr geehrte Damen und Herren,\n\n„Zitat“ + a=b #1\r\nGrüße" });
    expect(link.kind).toBe("link");
    const { fields, to: address } = opened((link as { href: string }).href);
    expect(address).toBe(to);
    expect(fields).toEqual([
      ["subject", "Löschung & Auskunft: 100 %?"],
      ["body", "Sehr geehrte Damen und Herren,\r\n\r\n„Zitat“ + a=b #1\r\nGrüße"],
    ]);
    expect((link as { href: string }).href).not.toMatch(/\s|\+/);
  });

  it("has no other fields, whatever the subject and body say", () => {
    for (const evil of ["x\r\nBcc: spy@example.net", "x&bcc=spy@example.net", "x%0D%0ABcc:spy@example.net", "x\u2028Bcc: a"]) {
      const link = mailLink({ to, subject: evil, body: evil });
      const { fields } = opened((link as { href: string }).href);
      expect(fields.map(([name]) => name)).toEqual(["subject", "body"]);
      expect(fields[0]?.[1]).not.toMatch(/[\r\n\u2028]/);
    }
  });

  it.each([
    "a@example.com\r\nBcc: b@example.com",
    "a@example.com\n",
    "a@example.com?bcc=b@example.com",
    "a@example.com,b@example.com",
    "a@example.com&cc=b@example.com",
    "Name <a@example.com>",
    "javascript:alert(1)",
    "a@localhost",
    "a b@example.com",
    "a\u0000@example.com",
    `${"a".repeat(250)}@example.com`,
    "",
    null,
    undefined,
  ])("is refused for the address %j", (address) => {
    expect(mailAddress(address)).toBeNull();
    expect(mailLink({ to: address, subject: "x", body: "y" })).toEqual({ kind: "no-address" });
  });

  it("that is too long opens with address and subject only", () => {
    const link = mailLink({ to, subject: "Access", body: "ä".repeat(400) });
    expect(link).toEqual({ kind: "too-long", href: "mailto:privacy@example.com?subject=Access", length: expect.any(Number) as number });
    const bare = "mailto:privacy@example.com?subject=Access&body=".length;
    expect(mailLink({ to, subject: "Access", body: "a".repeat(MAX_LINK - bare) }).kind).toBe("link");
    expect(mailLink({ to, subject: "Access", body: "a".repeat(MAX_LINK - bare + 1) }).kind).toBe("too-long");
  });

  it("survives half a character", () => {
    expect(() => mailLink({ to, subject: "\ud83d", body: "\ude00 \ud83d\ude00" })).not.toThrow();
  });

  it("encodes an address with signs of its own", () => {
    const link = mailLink({ to: "a+b&c%d@example.com", subject: "x", body: "" });
    expect(opened((link as { href: string }).href).to).toBe("a+b&c%d@example.com");
  });
});

describe("a letter as a file", () => {
  it("has a name that every system takes", () => {
    expect(letterFileName({ request: "access", entity: "Müller & Söhne / GmbH", day: "2026-11-23", ending: "txt" })).toBe(
      "clauselight-access-muller-sohne-gmbh-2026-11-23.txt",
    );
    expect(letterFileName({ request: "access", entity: "../../etc/passwd", day: "2026-11-23", ending: "txt" })).toBe(
      "clauselight-access-etc-passwd-2026-11-23.txt",
    );
    expect(letterFileName({ request: "access", entity: "日本", day: "2026-11-23", ending: "txt" })).toBe("clauselight-access-2026-11-23.txt");
    expect(letterFileName({ request: "access", entity: "x".repeat(5_000), day: "2026-11-23", ending: "txt" }).length).toBeLessThan(100);
  });
});
