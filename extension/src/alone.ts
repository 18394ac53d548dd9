/** Work that reads, changes and writes one thing in storage: one after the other, whoever does it. */

const queues = new Map<string, Promise<unknown>>();

/** Over all pages of the extension where the browser has locks, else within this one. */
export async function alone<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  if (globalThis.navigator?.locks) return navigator.locks.request(`clauselight-${name}`, work);
  const turn = (queues.get(name) ?? Promise.resolve()).then(work);
  queues.set(name, turn.catch(() => undefined));
  return turn;
}
