/**
 * Choosing the server: the address is checked as typed, the browser is asked for access on the click, the connection is
 * tried, and only then is the address kept.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Trouble } from "../../page-state";
import { t, tn, type MessageKey } from "../../platform/i18n";
import { call } from "../../platform/messaging";
import { requestSites, sitePattern } from "../../platform/permissions";
import { parseServerAddress, type AddressFault } from "../../server-address";
import { saveSettings } from "../../settings-store";
import { TroubleNotice } from "./trouble-notice";

type Progress =
  | { readonly step: "idle" | "testing" }
  | { readonly step: "fault"; readonly fault: AddressFault }
  | { readonly step: "refused"; readonly origin: string }
  | { readonly step: "failed"; readonly origin: string; readonly trouble: Trouble }
  | { readonly step: "connected-files"; readonly addresses: number }
  | { readonly step: "connected"; readonly version: string; readonly documents: number; readonly provisions: number };

const FAULTS: Readonly<Record<AddressFault, MessageKey>> = {
  empty: "page_server_fault_empty",
  "not-an-address": "page_server_fault_not_an_address",
  "needs-https": "page_server_fault_needs_https",
  "not-web": "page_server_fault_not_web",
  "has-login": "page_server_fault_has_login",
  "has-query": "page_server_fault_has_query",
};

export function ServerForm({ address }: { address: string }): JSX.Element {
  const [typed, setTyped] = useState(address);
  const [progress, setProgress] = useState<Progress>({ step: "idle" });
  useEffect(() => setTyped(address), [address]); // changed elsewhere: an import, a reset

  async function test(event: Event): Promise<void> {
    event.preventDefault();
    const parsed = parseServerAddress(typed);
    if (!parsed.ok) return setProgress({ step: "fault", fault: parsed.fault });
    const origin = parsed.address;
    const pattern = sitePattern(parsed.origin);
    // Asked before anything is awaited: browsers show the question only in answer to the click.
    const allowed = pattern === null ? Promise.resolve(false) : requestSites([pattern]);
    setTyped(origin);
    setProgress({ step: "testing" });
    if (!(await allowed)) return setProgress({ step: "refused", origin });
    const result = await call("server.test", { address: origin });
    if (!result.ok) return setProgress({ step: "failed", origin, trouble: result.trouble });
    await saveSettings({ serverAddress: origin });
    if ("addresses" in result) return setProgress({ step: "connected-files", addresses: result.addresses });
    const { version, documents, provisions } = result;
    setProgress({ step: "connected", version, documents, provisions });
  }

  const fault = progress.step === "fault" ? t(FAULTS[progress.fault]) : null;
  return (
    <form class="stack" id="server-form" noValidate onSubmit={(event) => void test(event)}>
      <label class="stack tight">
        <span>{t("page_server_address")}</span>
        <input
          id="server-address"
          class="field"
          type="text"
          inputMode="url"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={typed}
          aria-invalid={fault !== null}
          aria-describedby="server-help server-fault"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <p id="server-help" class="quiet small">
        {t("page_server_help")}
      </p>
      <p id="server-fault" class="notice warning" role="alert" hidden={fault === null}>
        {fault}
      </p>
      <div class="row">
        <button id="server-test" class="button primary" type="submit" disabled={progress.step === "testing"}>
          {t(progress.step === "testing" ? "page_server_testing" : "page_server_test")}
        </button>
      </div>
      <div id="server-result" role="status">
        <Outcome progress={progress} onUse={(origin) => void saveSettings({ serverAddress: origin })} />
      </div>
    </form>
  );
}

function Outcome({ progress, onUse }: { progress: Progress; onUse: (origin: string) => void }): JSX.Element | null {
  switch (progress.step) {
    case "idle":
    case "testing":
    case "fault":
      return null;
    case "refused":
      return <p class="notice warning">{t("page_server_refused", progress.origin)}</p>;
    case "failed":
      return (
        <TroubleNotice trouble={progress.trouble} serverAddress={progress.origin}>
          <button id="server-use-anyway" class="button" type="button" onClick={() => onUse(progress.origin)}>
            {t("page_server_use_anyway")}
          </button>
        </TroubleNotice>
      );
    case "connected-files":
      return <p class="notice good">{tn("page_server_connected_files", progress.addresses)}</p>;
    case "connected":
      return (
        <p class="notice good">
          {t("page_server_connected", progress.version)} {tn("page_server_documents", progress.documents)}{" "}
          {tn("page_server_provisions", progress.provisions)}
        </p>
      );
  }
}
