/** What is wrong and what to do, with the technical detail folded away. */
import type { ComponentChildren, JSX } from "preact";
import type { Trouble } from "../../page-state";
import { t } from "../../platform/i18n";
import { troubleText } from "../../trouble-text";

export interface TroubleNoticeProps {
  readonly trouble: Trouble;
  readonly serverAddress: string;
  /** Buttons that help. */
  readonly children?: ComponentChildren;
}

export function TroubleNotice({ trouble, serverAddress, children }: TroubleNoticeProps): JSX.Element {
  const { what, remedy, detail } = troubleText(trouble, serverAddress);
  return (
    <div class="notice warning" role="alert">
      <strong>{what}</strong>
      <p>{remedy}</p>
      {detail === null ? null : (
        <details>
          <summary>{t("page_technical")}</summary>
          <p>{detail}</p>
        </details>
      )}
      {children}
    </div>
  );
}
