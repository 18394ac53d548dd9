import { expect, it } from "vitest";
import { parsePublicKey } from "./public-key";

const KEY = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

it("takes a key as it is printed or pasted", () => {
  for (const typed of [KEY, ` ${KEY}\n`, KEY.slice(0, -1)]) expect(parsePublicKey(typed)).toBe(KEY);
});

it("takes nothing else", () => {
  for (const typed of ["", "abc", KEY + KEY, KEY.replace("/", "_"), "A".repeat(42), `${KEY.slice(0, 20)} ${KEY.slice(20)}`]) {
    expect(parsePublicKey(typed), typed).toBeNull();
  }
});
