/** "Test and use": whether a server answers. A folder of files may lack a description; its list shows that it is one. */
import type { Calls } from "../messages";
import { fetchIndex, fetchInfo } from "./server";
import { currentSource } from "./source";
import { trouble } from "./trouble";

export async function testServer(address: string): Promise<Calls["server.test"]["response"]> {
  const { publicKey } = await currentSource();
  const source = { address, publicKey };
  const answer = await fetchInfo(source, { why: "test" });
  if (answer.kind === "fresh") {
    const { version, documents, provisions } = answer.value;
    return { ok: true, version, documents, provisions };
  }
  if (answer.kind === "trouble" && answer.missing !== true) return { ok: false, trouble: answer.trouble };
  const index = await fetchIndex(source, { why: "test" });
  if (index.kind === "fresh") return { ok: true, addresses: index.value.count };
  return { ok: false, trouble: index.kind === "trouble" ? index.trouble : trouble("server-error", "HTTP 304") };
}
