/** The one element that the overlay adds to a page, with a closed shadow root that the page cannot look into. */
import tokens from "../ui/tokens.css";
import sharedCss from "../ui/shared.css";
import provisionCss from "../ui/provision/provision.css";
import { adopt } from "../ui/adopt";
import { HOST_TAG } from "./elements";
import overlayCss from "./overlay.css";

export class Host {
  readonly element: HTMLElement;
  readonly root: ShadowRoot;

  constructor() {
    // What an earlier life of the extension left behind (update, reload) is nobody's any more.
    for (const old of document.querySelectorAll(HOST_TAG)) old.remove();
    this.element = document.createElement(HOST_TAG);
    this.root = this.element.attachShadow({ mode: "closed" });
    adopt(this.root, tokens, sharedCss, provisionCss, overlayCss);
    this.attach();
  }

  /** Put the host back when the page has thrown it out (re-rendered documents). */
  attach(): void {
    if (!this.element.isConnected) document.documentElement.append(this.element);
  }

  destroy(): void {
    this.element.remove();
  }
}
