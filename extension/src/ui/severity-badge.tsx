/** Severity as shape, colour and word. */
import type { Severity } from "../contract/types";
import { severityWord } from "./severity";
import { SHAPES } from "./severity-shape";

export function SeverityIcon({ severity }: { severity: Severity }) {
  return (
    <svg class="severity-icon" data-severity={severity} viewBox="0 0 16 16" aria-hidden="true">
      <path class="outline" d={SHAPES[severity].outline} />
      <path class="sign" d={SHAPES[severity].sign} />
    </svg>
  );
}

export function SeverityBadge({ severity }: { severity: Severity }) {
  return (
    <span class="severity-badge" data-severity={severity}>
      <SeverityIcon severity={severity} />
      {severityWord(severity)}
    </span>
  );
}
