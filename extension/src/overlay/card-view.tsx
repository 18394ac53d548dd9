/** What the card shows: a bar to walk and close, one provision, the way to the panel. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Provision } from "../contract/types";
import type { OutcomeReport } from "../page-state";
import type { OwnReport } from "../own-reports";
import type { ActionsPort } from "../ui/provision/actions-port";
import { t } from "../platform/i18n";
import type { DisputePort } from "../ui/provision/dispute-port";
import type { Tools } from "../ui/provision/types";
import { ProvisionView } from "../ui/provision/provision-view";

export interface CardViewProps {
  readonly provision: Provision;
  readonly report: OutcomeReport | null;
  readonly serverAddress: string | null;
  readonly own: OwnReport | null;
  readonly disputes: DisputePort;
  readonly actions: ActionsPort;
  readonly tools?: Tools | undefined;
  /** Place among the painted clauses, from 0; -1 when it is not painted. */
  readonly index: number;
  readonly count: number;
  /** The clause is painted in a part of the page that is closed and could not be opened. */
  readonly concealed: boolean;
  readonly onStep: (by: 1 | -1) => void;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
  readonly onPanel: () => void;
}

export const CARD_TITLE_ID = "clauselight-card-title";

function IconButton({ label, path, onClick }: { label: string; path: string; onClick: () => void }): JSX.Element {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}

export function CardView(props: CardViewProps): JSX.Element {
  const { provision, index, count } = props;
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => body.current?.scrollTo({ top: 0, behavior: "instant" }), [provision.id]);
  return (
    <>
      <div class="card-bar">
        <span class="name">
          Clauselight
          {index >= 0 ? (
            <>
              {" · "}
              <span aria-hidden="true">{t("overlay_position", index + 1, count)}</span>
              <span class="unseen" role="status">{t("overlay_opened", index + 1, count)}</span>
            </>
          ) : null}
        </span>
        {count > 1 ? (
          <>
            <IconButton label={t("overlay_previous")} path="M3 10.500 8 5.500l5 5" onClick={() => props.onStep(-1)} />
            <IconButton label={t("overlay_next")} path="M3 5.500l5 5 5-5" onClick={() => props.onStep(1)} />
          </>
        ) : null}
        <IconButton label={t("overlay_close")} path="M3.500 3.500l9 9M12.500 3.500l-9 9" onClick={props.onClose} />
      </div>
      <div class="card-body" ref={body} tabIndex={0} role="group" aria-labelledby={CARD_TITLE_ID}>
        {props.concealed ? <p class="hint">{t("overlay_hidden")}</p> : null}
        <ProvisionView
          key={provision.id}
          provision={provision}
          report={props.report}
          serverAddress={props.serverAddress}
          own={props.own}
          disputes={props.disputes}
          actions={props.actions}
          tools={props.tools}
          onOpen={props.onOpen}
          titleId={CARD_TITLE_ID}
          headingLevel={2}
        />
        <p class="hint">{t("overlay_keys")}</p>
      </div>
      <div class="card-foot">
        <button type="button" class="button quiet" onClick={props.onPanel}>{t("overlay_all")}</button>
      </div>
    </>
  );
}
