/** What curation asks of the server; every answer is of the page's own server, for whoever is signed in. */
import type { AuditPage, ClauseTypeChoices, CuratedProvision, DraftCheck, ProvisionDraft } from "../../contract/types";
import { ask, type Reply } from "../server";
import type { Loaded } from "./conflict";

/** Lines of the audit that are looked at to tell what happened meanwhile. */
const MOST_LINES = 20;

const record = (id: string): string => `/v1/admin/provisions/${id}`;

export function clauseTypes(): Promise<Reply<ClauseTypeChoices>> {
  return ask<ClauseTypeChoices>("/v1/admin/clause-types");
}

/** What the knowledge says of a kind of clause, for a label of a document. */
export function knownDraft(clauseType: string, documentId: string): Promise<Reply<ProvisionDraft>> {
  return ask<ProvisionDraft>(`/v1/admin/clause-types/${clauseType}/draft?document=${documentId}`);
}

/** `provisionId` null: a new label. */
export function lint(documentId: string, provisionId: string | null, body: ProvisionDraft): Promise<Reply<DraftCheck>> {
  const path = provisionId === null ? `/v1/admin/documents/${documentId}/provisions` : record(provisionId);
  return ask<DraftCheck>(`${path}/lint`, { method: "POST", body });
}

export function add(documentId: string, body: ProvisionDraft): Promise<Reply<CuratedProvision>> {
  return ask<CuratedProvision>(`/v1/admin/documents/${documentId}/provisions`, { method: "POST", body });
}

export function edit(id: string, body: ProvisionDraft, ifMatch: string): Promise<Reply<CuratedProvision>> {
  return ask<CuratedProvision>(record(id), { method: "PUT", body, ifMatch });
}

export function confirm(id: string, ifMatch: string): Promise<Reply<CuratedProvision>> {
  return ask<CuratedProvision>(`${record(id)}/confirm`, { method: "POST", ifMatch });
}

export function retire(id: string, reason: string, ifMatch: string): Promise<Reply<CuratedProvision>> {
  return ask<CuratedProvision>(record(id), { method: "DELETE", body: { reason }, ifMatch });
}

/** Answers with the label that stays. */
export function merge(
  id: string, into: Pick<CuratedProvision, "record" | "etag">, reason: string, ifMatch: string,
): Promise<Reply<CuratedProvision>> {
  const body = { into: into.record.id, into_etag: into.etag, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) };
  return ask<CuratedProvision>(`${record(id)}/merge`, { method: "POST", body, ifMatch });
}

export function audit(id: string): Promise<Reply<AuditPage>> {
  return ask<AuditPage>(`/v1/admin/audit?subject=${id}&limit=${MOST_LINES}`);
}

/** A label with its tag. The audit is read first: an act between the two shows as news rather than never. */
export async function load(id: string): Promise<Reply<Loaded>> {
  const lines = await audit(id);
  if (!lines.ok) return lines;
  const curated = await ask<CuratedProvision>(record(id));
  if (!curated.ok) return curated;
  const lastAct = lines.value.entries[0]?.id ?? 0;
  return { ...curated, value: { curated: curated.value, lastAct } };
}
