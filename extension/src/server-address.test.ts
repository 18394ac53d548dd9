import { describe, expect, it } from "vitest";
import { parseServerAddress } from "./server-address";

describe("parseServerAddress", () => {
  it.each([
    ["http://127.0.0.1:8787", "http://127.0.0.1:8787", true],
    [" http://localhost:9000/ ", "http://localhost:9000", true],
    ["127.0.0.1:8787", "http://127.0.0.1:8787", true],
    ["localhost", "http://localhost", true],
    ["https://clauses.example", "https://clauses.example", false],
    ["clauses.example", "https://clauses.example", false],
    ["clauses.example:8443", "https://clauses.example:8443", false],
    ["HTTPS://Clauses.Example/", "https://clauses.example", false],
    ["https://bücher.example", "https://xn--bcher-kva.example", false],
  ])("accepts %s", (typed, origin, loopback) => {
    expect(parseServerAddress(typed)).toEqual({ ok: true, origin, address: origin, loopback });
  });

  it.each([
    ["https://files.example/clauses/", "https://files.example/clauses"],
    ["files.example/a/b", "https://files.example/a/b"],
    ["https://files.example/a/../b", "https://files.example/b"],
    ["http://127.0.0.1:8080/public", "http://127.0.0.1:8080/public"],
  ])("keeps the path to a folder of a host: %s", (typed, address) => {
    expect(parseServerAddress(typed)).toMatchObject({ ok: true, address, origin: new URL(address).origin });
  });

  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["http://clauses.example", "needs-https"],
    ["http://192.168.1.4:8787", "needs-https"],
    ["http://127.0.0.1.evil.example", "needs-https"],
    ["ftp://clauses.example", "not-web"],
    ["javascript://x", "not-web"],
    ["https://user:secret@clauses.example", "has-login"],
    ["https://clauses.example/#a", "has-query"],
    ["https://clauses.example/?a=1", "has-query"],
    ["two words", "not-an-address"],
    ["https://", "not-an-address"],
  ])("refuses %s", (typed, fault) => {
    expect(parseServerAddress(typed)).toEqual({ ok: false, fault });
  });
});
