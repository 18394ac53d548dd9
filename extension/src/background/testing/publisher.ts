/** For tests only: somebody who signs what a server publishes. */
import type { SignedName } from "../signature";

export interface Publisher {
  readonly publicKey: string;
  sign(name: SignedName, body: string): Promise<Uint8Array<ArrayBuffer>>;
}

const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));

export async function makePublisher(): Promise<Publisher> {
  const pair = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
  const utf8 = new TextEncoder();
  return {
    publicKey: base64(await crypto.subtle.exportKey("raw", pair.publicKey)),
    async sign({ kind, name }, body) {
      const message = utf8.encode(`clauselight/1/${kind}/${name}\n${body.slice(0, -1)}`);
      const signature = base64(await crypto.subtle.sign("Ed25519", pair.privateKey, message));
      return utf8.encode(`${body.slice(0, -1)},"signature":"${signature}"}`);
    },
  };
}
