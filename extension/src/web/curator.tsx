/**
 * For those who may change labels: loads the script of curation, which nobody else gets, and lends it what it needs of
 * the reader.
 */
import { render } from "preact";
import type { AnnotationSet, Provision } from "../contract/types";
import type { Session } from "../overlay/session";
import { ProvisionView } from "../ui/provision/provision-view";
import type { Tools } from "../ui/provision/types";
import { order } from "../platform/messaging";
import type { ReaderState } from "./background";
import type { ReaderPort, Start } from "./curation/port";
import { documentSet } from "./server";
import { TAB } from "./tab";

const SCRIPT = "/static/curation.js";

/** The publication is rendered within a second of a change; this long is looked for it. */
const LOOKS = 20;
const LOOK_AGAIN_MS = 400;

export interface Curation {
  /** Load it. Undefined when that fails: the page can be read all the same. */
  readonly start: () => Promise<Tools | undefined>;
  readonly attend: (session: Session) => void;
}

/** Undefined for everybody else: the server marks the page of those who may. */
export function curation(policy: HTMLElement, reader: ReaderState): Curation | undefined {
  if (!("curating" in policy.dataset)) return undefined;
  let session: Session | undefined;
  const listeners = new Set<() => void>();
  const show = async (set: AnnotationSet): Promise<void> => {
    await reader.show(set);
    await session?.renew();
    for (const listener of listeners) listener();
  };
  const port: ReaderPort = {
    policy,
    documentId: reader.set.document.id,
    categories: reader.state.categories,
    provisions: () => reader.set.provisions,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    put: (provision) => {
      const { set } = reader;
      const isNew = set.provisions.every(({ id }) => id !== provision.id);
      const others = set.provisions.map((one) => (one.id === provision.id ? provision : one));
      return show({ ...set, provisions: isNew ? [...others, provision] : others });
    },
    remove: (id) => show({ ...reader.set, provisions: reader.set.provisions.filter((one) => one.id !== id) }),
    published: async (fits) => {
      for (let look = 0; look < LOOKS; look++) {
        const answer = await documentSet(reader.set.document.id);
        if (answer.ok && fits(answer.value)) {
          await show(answer.value);
          return true;
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
      return false;
    },
    jump: async (provisionId) => void (await order(TAB, "overlay.jump", { provisionId })),
    closeCard: () => session?.closeCard(),
    preview: (element, provision) => render(provision && <Preview provision={provision} />, element),
  };
  return {
    start: async () => {
      try {
        const { start } = (await import(SCRIPT)) as { start: Start };
        return start(port);
      } catch (error) {
        console.warn("Clauselight: curation could not be loaded.", error);
        return undefined;
      }
    },
    attend: (one) => void (session = one),
  };
}

function Preview({ provision }: { readonly provision: Provision }) {
  return (
    <ProvisionView
      provision={provision}
      report={null}
      serverAddress={location.origin}
      actions={null}
      onOpen={() => undefined}
      titleId="curate-preview-title"
      headingLevel={2}
    />
  );
}
