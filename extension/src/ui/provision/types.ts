/** What a provision's view is given beside the record itself. */
import type { Provision } from "../../contract/types";
import type { OutcomeReport } from "../../page-state";

export interface ProvisionViewProps {
  readonly provision: Provision;
  /** Absent while the page is still being read, or when there is no page. */
  readonly report: OutcomeReport | null;
  /** For permalinks that are only a path. */
  readonly serverAddress: string | null;
  /** Show another provision of the document. */
  readonly onOpen: (provisionId: string) => void;
  /** Id of the element that names the view; dialogs refer to it. */
  readonly titleId: string;
  /** The panel already shows title and severity elsewhere when false. */
  readonly headingLevel: 1 | 2;
}
