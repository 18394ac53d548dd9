/** What a curator is at, and what was said last: card and page look at the same one. */
import type { TextQuoteSelector } from "../../contract/types";
import type { Loaded } from "./conflict";

export type Work =
  | { readonly kind: "add"; readonly quote: TextQuoteSelector | null }
  | { readonly kind: "edit"; readonly loaded: Loaded }
  | { readonly kind: "merge" | "retire"; readonly loaded: Loaded };

/** What is written in the form. */
export type Writing = Extract<Work, { kind: "add" | "edit" }>;

/** Something that can be taken back by a press. */
export interface Undo {
  readonly label: string;
  readonly act: () => Promise<void>;
}

export class Desk {
  work: Work | null = null;
  said = "";
  undo: Undo | null = null;
  private readonly listeners = new Set<() => void>();

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  begin(work: Work): void {
    this.work = work;
    this.undo = null;
    this.said = "";
    this.tell();
  }

  /** The work is done, or given up. */
  end(said = "", undo: Undo | null = null): void {
    this.work = null;
    this.say(said, undo);
  }

  say(said: string, undo: Undo | null = null): void {
    this.said = said;
    this.undo = undo;
    this.tell();
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
