/** Which label is meant: its severity, title and words. */
import type { JSX } from "preact";
import type { ProvisionRecord } from "../../contract/types";
import { SeverityBadge } from "../../ui/severity-badge";

export function Title({ record }: { readonly record: Pick<ProvisionRecord, "id" | "severity" | "title" | "quote"> }): JSX.Element {
  return (
    <div class="which" data-severity={record.severity}>
      <p>
        <SeverityBadge severity={record.severity} /> <strong>{record.title}</strong> <span class="quiet-text">{record.id}</span>
      </p>
      {record.quote ? <blockquote class="quote">{record.quote.selector.exact}</blockquote> : null}
    </div>
  );
}
