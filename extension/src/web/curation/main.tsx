/** Entry of curation, loaded by the reader for those who may change labels. */
import { render } from "preact";
import { CURATION_TAG } from "../../overlay/elements";
import { tn } from "../../platform/i18n";
import { adopt } from "../../ui/adopt";
import provisionCss from "../../ui/provision/provision.css";
import sharedCss from "../../ui/shared.css";
import tokens from "../../ui/tokens.css";
import { App } from "./app";
import curationCss from "./curation.css";
import { Desk } from "./desk";
import type { ReaderPort, Start } from "./port";
import { CardTools } from "./tools";
import toolsCss from "./tools.css";

export const start: Start = (port: ReaderPort) => {
  const desk = new Desk();
  const host = document.createElement(CURATION_TAG);
  const root = host.attachShadow({ mode: "closed" });
  adopt(root, tokens, sharedCss, provisionCss, curationCss);
  // A click here is about nothing below it.
  host.addEventListener("click", (event) => event.stopPropagation());
  (port.policy.closest(".reading") ?? port.policy).before(host);
  render(<App port={port} desk={desk} />, root);
  // The page says in words how many clauses there are.
  port.onChange(() => {
    const link = document.querySelector(".to-clauses");
    if (link) link.textContent = tn("curate_clauses", port.provisions().length);
  });
  const dressed = new WeakSet<Node>();
  return (element, provision) => {
    const within = element.getRootNode();
    if (within instanceof ShadowRoot && !dressed.has(within)) {
      dressed.add(within);
      adopt(within, toolsCss);
    }
    render(provision && <CardTools port={port} desk={desk} provision={provision} />, element);
  };
};
