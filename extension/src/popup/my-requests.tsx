/** The way to the reader's own requests, with the number of open ones. */
import type { JSX } from "preact";
import { t, tn } from "../platform/i18n";
import { extensionUrl } from "../platform/runtime";
import { useOpenCases } from "../ui/page/use-open-cases";

export function MyRequests(): JSX.Element {
  const open = useOpenCases();
  return (
    <nav class="my-requests" aria-label={t("cases_title")}>
      <a id="popup-cases" href={extensionUrl("cases.html")} target="_blank">{open ? tn("cases_popup", open) : t("cases_title")}</a>
    </nav>
  );
}
