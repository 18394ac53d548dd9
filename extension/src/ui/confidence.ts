/** How sure a label is, in words and as a share. */
import type { Confidence } from "../contract/types";
import { language, t } from "../platform/i18n";

/** Highest share that is shown: no label is certain. */
const MOST = 0.99;

export function confidenceWord(confidence: Confidence): string {
  return t(`ui_sure_${confidence}`);
}

/** A probability as people read it: `97%`. */
export function percent(probability: number): string {
  const format = new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 0 });
  return format.format(Math.min(MOST, Math.max(0, probability)));
}
