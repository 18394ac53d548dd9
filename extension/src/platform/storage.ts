/**
 * Key-value storage. `local` stays on this computer until it is removed; `session` lives in memory until the browser
 * closes, and so survives the background worker being stopped. What comes back is checked by whoever reads it.
 */
import { api } from "./api";

export interface Area {
  get(key: string): Promise<unknown>;
  /** Several values at once; a key that is not stored is left out. */
  getMany(keys: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
  set(values: Readonly<Record<string, unknown>>): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  /** Calls back with the new value (undefined when removed) whenever a key changes, in whatever context. */
  onChanged(listener: (key: string, value: unknown) => void): void;
}

function area(name: "local" | "session"): Area {
  return {
    async get(key) {
      return (await api.storage[name].get(key))[key];
    },
    async getMany(keys) {
      return api.storage[name].get([...keys]);
    },
    async set(values) {
      await api.storage[name].set({ ...values });
    },
    async remove(keys) {
      await api.storage[name].remove([...keys]);
    },
    onChanged(listener) {
      api.storage.onChanged.addListener((changes, changed) => {
        if (changed !== name) return;
        for (const [key, { newValue }] of Object.entries(changes)) listener(key, newValue);
      });
    },
  };
}

export const local = area("local");
export const session = area("session");
