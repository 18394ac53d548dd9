import { describe, expect, it } from "vitest";
import { registrableDomain } from "./public-suffix";

describe("registrableDomain", () => {
  it.each([
    ["www.example.com", "example.com"],
    ["example.com", "example.com"],
    ["a.b.example.co.uk", "example.co.uk"],
    ["co.uk", null],
    ["com", null],
    ["localhost", null],
    ["127.0.0.1", null],
    ["[::1]", null],
    ["", null],
    ["foo.ck", null], // *.ck
    ["x.foo.ck", "x.foo.ck"],
    ["www.ck", "www.ck"], // !www.ck
    ["a.www.ck", "www.ck"],
    ["city.kawasaki.jp", "city.kawasaki.jp"],
    ["a.b.unknown-tld", "b.unknown-tld"],
    ["x.y.github.io", "y.github.io"],
    ["github.io", null],
    ["xn--bcher-kva.xn--p1ai", "xn--bcher-kva.xn--p1ai"],
  ])("of %s is %s", (host, domain) => {
    expect(registrableDomain(host)).toBe(domain);
  });

  it("may leave out what companies give to strangers", () => {
    expect(registrableDomain("x.y.github.io", false)).toBe("github.io");
  });
});
