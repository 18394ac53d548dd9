/** Where the user's server is, as pages say it. */
import { parseServerAddress } from "../../server-address";
import type { Settings } from "../../settings";

export interface ServerPlace {
  /** It runs on this computer. */
  readonly here: boolean;
  /** Its name for people: `clauses.example`. */
  readonly name: string;
}

export function serverPlace({ serverAddress }: Settings): ServerPlace {
  const server = parseServerAddress(serverAddress);
  return server.ok ? { here: server.loopback, name: new URL(server.origin).host } : { here: false, name: serverAddress };
}
