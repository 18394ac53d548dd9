/** For tests only: storage areas in memory, to be put in the place of `platform/storage`. */
import type { Area } from "../storage";

export interface FakeArea extends Area {
  readonly values: Map<string, unknown>;
}

/** Values are copied in and out, as a browser does. */
export function fakeArea(): FakeArea {
  const values = new Map<string, unknown>();
  const listeners: ((key: string, value: unknown) => void)[] = [];
  const tell = (key: string, value: unknown): void => listeners.forEach((listener) => listener(key, value));
  return {
    values,
    get: async (key) => structuredClone(values.get(key)),
    getMany: async (keys) =>
      Object.fromEntries(keys.filter((key) => values.has(key)).map((key) => [key, structuredClone(values.get(key))])),
    set: async (changes) => {
      for (const [key, value] of Object.entries(changes)) {
        values.set(key, structuredClone(value));
        tell(key, structuredClone(value));
      }
    },
    remove: async (keys) => {
      for (const key of keys) if (values.delete(key)) tell(key, undefined);
    },
    onChanged: (listener) => listeners.push(listener),
  };
}
