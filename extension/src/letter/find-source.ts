/** What the extension's letter page is opened for. Told by the part behind the `#`, which no server sees. */
import { REQUEST_KINDS } from "../actions/types";
import { findDraft } from "../letter-draft";
import { trackedCases } from "../tracker-store";
import { FOLLOW_UPS, type Source } from "./source";

/** null when what is named is not here. */
export async function findSource(hash: string): Promise<Source | null> {
  const name = hash.replace(/^#/, "");
  const parts = new URLSearchParams(name);
  const caseId = parts.get("case");
  if (caseId === null) {
    const draft = name === "" ? null : await findDraft(name);
    return draft && { kind: "draft", draft };
  }
  const request = REQUEST_KINDS.find((kind) => kind === parts.get("request"));
  const item = (await trackedCases()).cases.find(({ id }) => id === caseId);
  return item && request && FOLLOW_UPS.some((one) => one === request) ? { kind: "case", item, request } : null;
}
