/**
 * Entry of the overlay, injected into matched pages only. Injecting it again does not make a second overlay: the one
 * that lives asks anew.
 */
import { extensionAlive } from "../platform/runtime";
import { Session } from "./session";

const KEY = "__clauselightOverlay";
const scope = globalThis as { [KEY]?: Session | undefined };

function start(): void {
  const session = new Session((restartable) => {
    if (scope[KEY] === session) scope[KEY] = undefined;
    // Back from the browser's page cache: the page is as it was, so the overlay is, too.
    if (restartable) window.addEventListener("pageshow", restart, { once: true });
  });
  scope[KEY] = session;
}

function restart(event: PageTransitionEvent): void {
  if (event.persisted && !scope[KEY] && extensionAlive()) start();
}

if (scope[KEY]) void scope[KEY].ask();
else start();
