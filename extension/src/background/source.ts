/** Where documents come from: a server, and the publisher whose signature is asked for. */
import type { Settings } from "../settings";
import { readSettings } from "../settings-store";

export interface Source {
  readonly address: string;
  /** Ed25519 public key in base64; null when signatures are not asked for. */
  readonly publicKey: string | null;
}

export function sourceOf({ serverAddress, publicKey }: Settings): Source {
  return { address: serverAddress, publicKey };
}

export async function currentSource(): Promise<Source> {
  return sourceOf(await readSettings());
}

/** What is kept belongs to one source: other bytes may stand elsewhere, and unsigned ones are not those of a key. */
export function sourceName({ address, publicKey }: Source): string {
  return publicKey === null ? address : `${address} ${publicKey}`;
}
