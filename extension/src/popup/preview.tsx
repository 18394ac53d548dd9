/** Exactly what is sent for an analysis: every field of the request, and the text as it goes. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { requestOf, sizeOf, type PageContent } from "../analyse/content";
import { byteSize, language, t } from "../platform/i18n";

export interface PreviewProps {
  readonly content: PageContent;
  readonly serverAddress: string;
  /** The address that is sent along to be kept; null for none. */
  readonly keepAt: string | null;
}

export function Preview({ content, serverAddress, keepAt }: PreviewProps): JSX.Element {
  const title = useRef<HTMLHeadingElement>(null);
  // The button that was pressed is gone: whoever uses the keyboard or a screen reader goes on here.
  useLayoutEffect(() => title.current?.focus(), []);
  const request = requestOf(content, keepAt);
  const words = new Intl.NumberFormat(language()).format(content.words);
  return (
    <section id="popup-preview" class="stack tight preview" aria-labelledby="popup-preview-title">
      <h3 id="popup-preview-title" tabIndex={-1} ref={title}>{t("analysis_preview")}</h3>
      <dl class="small">
        <Row name={t("analysis_preview_to")} value={serverAddress} />
        <Row name={t("analysis_preview_address")} value={request.url ?? t("analysis_preview_no_address")} />
        <Row name={t("analysis_preview_title")} value={request.title ?? t("analysis_preview_none")} />
        <Row name={t("analysis_preview_language")} value={request.language ?? t("analysis_preview_none")} />
        <Row name={t("analysis_preview_size")} value={t("analysis_preview_size_text", words, byteSize(sizeOf(request)))} />
      </dl>
      <div id="popup-preview-text" class="preview-text small" role="region" aria-label={t("analysis_preview_text")} tabIndex={0}>
        {content.blocks.map(({ text, kind }, i) => (
          <p key={i} data-kind={kind}>
            {text}
          </p>
        ))}
      </div>
      <p class="quiet small">{t("analysis_preview_nothing_else")}</p>
    </section>
  );
}

function Row({ name, value }: { name: string; value: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
