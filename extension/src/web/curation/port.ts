/** What the reader lends to curation, and what it gets back: the two are separate scripts, and only curators load both. */
import type { AnnotationSet, CategoryInfo, Provision } from "../../contract/types";
import type { Tools } from "../../ui/provision/types";

export interface ReaderPort {
  readonly policy: HTMLElement;
  readonly documentId: string;
  readonly categories: readonly CategoryInfo[];
  /** The labels as the page shows them now. */
  provisions(): readonly Provision[];
  /** Called whenever they change. Returns what ends it. */
  onChange(listener: () => void): () => void;
  /** Show a label as it has just been saved, before the publication has it. */
  put(provision: Provision): Promise<void>;
  remove(provisionId: string): Promise<void>;
  /** Wait until what is published fits, and show it. False when that takes too long. */
  published(fits: (set: AnnotationSet) => boolean): Promise<boolean>;
  /** Go to a label and open its card. */
  jump(provisionId: string): Promise<void>;
  closeCard(): void;
  /** Draw a label as card and panel do; null takes it away. */
  preview(element: HTMLElement, provision: Provision | null): void;
}

/** What the script of curation exports: draws what curators get in every card. */
export type Start = (port: ReaderPort) => Tools;
