import { inflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import { zip } from "./zip.mjs";

const files: [string, Buffer][] = [
  ["b/ü.txt", Buffer.from("hello ".repeat(50))],
  ["a.json", Buffer.from("{}")],
];

it("packs what was put in, in order of names", () => {
  const archive = zip(files);
  const names: string[] = [];
  const contents: string[] = [];
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50; ) {
    const packed = archive.readUInt32LE(at + 18);
    const name = archive.readUInt16LE(at + 26);
    names.push(archive.subarray(at + 30, at + 30 + name).toString("utf8"));
    contents.push(inflateRawSync(archive.subarray(at + 30 + name, at + 30 + name + packed)).toString("utf8"));
    at += 30 + name + packed;
  }
  expect(names).toEqual(["a.json", "b/ü.txt"]);
  expect(contents).toEqual(["{}", "hello ".repeat(50)]);
  expect(archive.readUInt16LE(archive.length - 12)).toBe(2);
});

it("is the same bytes every time, whatever the order", () => {
  expect(zip([...files].reverse()).equals(zip(files))).toBe(true);
});
