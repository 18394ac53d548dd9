import { describe, expect, it } from "vitest";
import { httpsLink, mailtoLink, MAX_MAILTO, permalinkOf } from "./links";

describe("links of a record", () => {
  it("are shown only when they are https without a login in them", () => {
    expect(httpsLink("https://www.pinterest.com/settings/privacy")).toBe("https://www.pinterest.com/settings/privacy");
    for (const bad of ["javascript:alert(1)", " javascript:alert(1)", "http://a.test/", "data:text/html,x", "https://u:p@a.test/", "/x", "", null]) {
      expect(httpsLink(bad), String(bad)).toBeNull();
    }
  });

  it("open a ready letter, with line breaks and signs kept", () => {
    const link = mailtoLink("privacy@ideogram.ai", "Erase my data & images", "Hello,\nplease erase it.\n\n{name}")!;
    const url = new URL(link);
    expect(url.pathname).toBe("privacy@ideogram.ai");
    expect(url.searchParams.get("subject")).toBe("Erase my data & images");
    expect(url.searchParams.get("body")).toBe("Hello,\r\nplease erase it.\r\n\r\n{name}");
  });

  it("carry no second recipient and no header field", () => {
    for (const bad of ["a@b.test?bcc=c@d.test", "a@b.test,c@d.test", "a@b.test\r\nBcc: c@d.test", "a b@c.test", "a@b"]) {
      expect(mailtoLink(bad, "s", "b"), bad).toBeNull();
    }
    const link = mailtoLink("a&b@c.test", "x\r\nBcc: d@e.test", "y")!;
    expect([...new URL(link).searchParams.keys()]).toEqual(["subject", "body"]);
    expect(link).not.toMatch(/%0D|%0A/i);
  });

  it("do not carry letters that mail programs would cut", () => {
    expect(mailtoLink("a@b.test", "s", "x".repeat(MAX_MAILTO))).toBeNull();
    expect(mailtoLink("a@b.test", "s", "x".repeat(1000))).not.toBeNull();
  });

  it("lead to the record on the server it came from", () => {
    const own = "http://127.0.0.1:8787";
    expect(permalinkOf("/provisions/CL-P-000001", own)).toBe("http://127.0.0.1:8787/provisions/CL-P-000001");
    expect(permalinkOf("https://clauselight.test/p/1", own)).toBe("https://clauselight.test/p/1");
    expect(permalinkOf("/p/1", "http://public.test")).toBeNull();
    expect(permalinkOf("//evil.test/p/1", own)).toBeNull();
    expect(permalinkOf("/\\evil.test/p/1", own)).toBeNull();
  });
});
