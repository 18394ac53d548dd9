import { describe, expect, it, vi } from "vitest";
import { checkSignature } from "./signature";
import { makePublisher } from "./testing/publisher";

const BUCKET = { kind: "bucket", name: "0f" } as const;
const publisher = await makePublisher();
const signed = await publisher.sign(BUCKET, '{"prefix":"0f"}');
const utf8 = new TextEncoder();

describe("a signature", () => {
  it("is good over the exact bytes, under the name that was asked for", async () => {
    expect(await checkSignature(publisher.publicKey, BUCKET, signed)).toBe("good");
  });

  it("is refused under another name, with another key, or when a byte differs", async () => {
    const other = await makePublisher();
    expect(await checkSignature(publisher.publicKey, { kind: "bucket", name: "10" }, signed)).toBe("refused");
    expect(await checkSignature(publisher.publicKey, { kind: "delta", name: "0f" }, signed)).toBe("refused");
    expect(await checkSignature(other.publicKey, BUCKET, signed)).toBe("refused");
    for (const place of [0, 5, signed.length - 50]) {
      const changed = Uint8Array.from(signed);
      changed[place]! ^= 1;
      expect(await checkSignature(publisher.publicKey, BUCKET, changed), String(place)).toBe("refused");
    }
  });

  it("is missed in what is unsigned, cut short, or signed with something behind it", async () => {
    const text = new TextDecoder().decode(signed);
    for (const body of ["", "{}", '{"prefix":"0f"}', text.slice(0, -1), `${text} `, text.slice(-104)]) {
      expect(await checkSignature(publisher.publicKey, BUCKET, utf8.encode(body)), body).toBe("refused");
    }
  });

  it("has one spelling", async () => {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const other = new TextDecoder().decode(signed).replace(/.(?==="}$)/, (last) => letters[letters.indexOf(last) + 1] ?? "");
    expect(await checkSignature(publisher.publicKey, BUCKET, utf8.encode(other))).toBe("refused");
  });

  it("is told apart from a browser that cannot check any", async () => {
    const importKey = vi.spyOn(crypto.subtle, "importKey");
    importKey.mockRejectedValueOnce(new DOMException("Unrecognized name.", "NotSupportedError"));
    expect(await checkSignature(publisher.publicKey, BUCKET, signed)).toBe("unsupported");
    importKey.mockRestore();
  });
});
