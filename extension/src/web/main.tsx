/**
 * The reader of the server's pages: the extension's overlay on the document's text, and its panel beside it, without the
 * extension. The page works without this script; what it marked for that case is taken back first.
 */
import { render, type JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CategoryInfo } from "../contract/types";
import { HOST_TAG, PANEL_TAG } from "../overlay/elements";
import { Session } from "../overlay/session";
import { Matched } from "../panel/matched";
import panelCss from "../panel/panel.css";
import type { PageState } from "../page-state";
import { onEvent, order } from "../platform/messaging";
import { adopt } from "../ui/adopt";
import type { Tools } from "../ui/provision/types";
import { ReaderState } from "./background";
import { curation } from "./curator";
import readerCss from "./reader.css";
import { documentSet } from "./server";
import { TAB } from "./tab";

/** The address may name a label; without scripts the browser goes to its mark. */
const ASKED = /^#(CL-P-\d{6})$/;

/** As the overlay expects a page: text without marks, and without the links behind them. */
function unmark(policy: HTMLElement): void {
  for (const link of policy.querySelectorAll("a.foot")) link.remove();
  for (const mark of policy.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
  policy.normalize();
}

function Panel({ first, tools }: { first: PageState; tools: Tools | undefined }): JSX.Element {
  const [state, setState] = useState(first);
  useEffect(() => onEvent("page.changed", (event) => setState(event.state)), []);
  return (
    <div class="panel">
      <Matched state={state} serverAddress={location.origin} tools={tools} />
    </div>
  );
}

function knownCategories(): CategoryInfo[] {
  return JSON.parse(document.getElementById("clauselight-categories")?.textContent ?? "[]") as CategoryInfo[];
}

async function start(policy: HTMLElement): Promise<void> {
  // The extension is here and paints already: twice would be once too often.
  if (document.querySelector(HOST_TAG) !== null) return;
  const answer = await documentSet(policy.dataset["document"] ?? "");
  if (!answer.ok) return;
  const reader = new ReaderState(answer.value, knownCategories());
  unmark(policy);
  const curating = curation(policy, reader);
  const tools = await curating?.start();
  const session = new Session(() => undefined, tools);
  curating?.attend(session);
  const plain = document.getElementById("clauses-plain");
  if (plain === null) return;
  // Closed, so that the overlay does not take the panel's quotes for the document's.
  const host = document.createElement(PANEL_TAG);
  const root = host.attachShadow({ mode: "closed" });
  adopt(root, panelCss, readerCss);
  plain.replaceWith(host);
  const asked = ASKED.exec(location.hash)?.[1];
  if (asked) void order(TAB, "overlay.jump", { provisionId: asked });
  render(<Panel first={reader.state} tools={tools} />, root);
}

const policy = document.querySelector<HTMLElement>(".policy[data-document]");
if (policy !== null) void start(policy);
