/** What a provision's view is given beside the record itself. */
import type { Provision } from "../../contract/types";
import type { OwnReport } from "../../own-reports";
import type { OutcomeReport } from "../../page-state";
import type { DisputePort } from "./dispute-port";
import type { ActionsPort } from "./actions-port";

/** Draws more about a provision into an element of its own; null: it goes away. */
export type Tools = (element: HTMLElement, provision: Provision | null) => void;

export interface ProvisionViewProps {
  readonly provision: Provision;
  /** Absent while the page is still being read, or when there is no page. */
  readonly report: OutcomeReport | null;
  /** The user's own report that this label is wrong. */
  readonly own?: OwnReport | null;
  /** Where reports go; absent where none can be sent from. */
  readonly disputes?: DisputePort | undefined;
  /** For permalinks that are only a path. */
  readonly serverAddress: string | null;
  /** Who knows the ways, the letters and the place; null: only what the record says is shown. */
  readonly actions: ActionsPort | null;
  /** Show another provision of the document. */
  readonly onOpen: (provisionId: string) => void;
  /** Id of the element that names the view; dialogs refer to it. */
  readonly titleId: string;
  /** The panel already shows title and severity elsewhere when false. */
  readonly headingLevel: 1 | 2;
  /** On the server's own pages, for those who may change labels. */
  readonly tools?: Tools | undefined;
}
