/** Sentences about what happened: failures, and what somebody else did meanwhile. */
import type { AuditEntry, ChangeRecord } from "../../contract/types";
import { language, t, type MessageKey } from "../../platform/i18n";
import { showDay } from "../../ui/dates";
import type { Reply } from "../server";
import type { WhatHappened } from "./conflict";
import type { Field } from "./messages";
import type { Part } from "./form";

/** Why a call failed; what was typed is still there, and the sentence says so. */
export function failure({ status, problem }: Extract<Reply<unknown>, { ok: false }>): string {
  if (status === 0) return t("curate_failed_unreachable");
  if (status === 401) return t("curate_failed_signed_out");
  if (status === 403) return t("curate_failed_not_allowed", problem?.detail ?? "");
  return t("curate_failed", problem?.detail ?? String(status));
}

const ACTS = ["add", "edit", "confirm", "merge", "retire"];

export function partWord(part: Part | Field): string {
  const key = part === "clauseType" ? "clause_type" : part === "basis" ? "evidence_basis" : part;
  return t(`curate_part_${key}` as MessageKey);
}

export function listOf(words: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: "conjunction" }).format(words);
}

function time(moment: string): string {
  return new Date(moment).toLocaleString(language(), { dateStyle: "long", timeStyle: "short" });
}

function actSentence({ who, act, at, body }: AuditEntry): string {
  const fields = Array.isArray(body["fields"]) ? (body["fields"] as unknown[]).map(String) : [];
  const did = t(`curate_act_${ACTS.includes(act) ? act : "changed"}` as MessageKey);
  const what = fields.length > 0 ? `: ${listOf(fields.map((field) => field.replaceAll("_", " ")))}` : "";
  return t("curate_somebody", who, did + what, time(at));
}

function changeSentence({ date, summary }: ChangeRecord): string {
  return t("curate_history_says", showDay(date), summary);
}

/** Who did what and when, as far as the audit tells; else what the label's history says. */
export function happened({ acts, changes }: WhatHappened): string[] {
  if (acts.length > 0) return acts.map(actSentence);
  return changes.length > 0 ? changes.map(changeSentence) : [t("curate_somebody_unknown")];
}
