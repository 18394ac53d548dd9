/** Runs step-wise work in short slices, so that the page stays as quick as it was. */

/** Longest slice. A frame at 60 per second has 16.7 ms; the page and the browser need their part of it. */
export const SLICE_MS = 10;

interface MaybeScheduler {
  scheduler?: { yield?: () => Promise<void> };
}

/** Let the page do its own work first. Works in hidden tabs too, where timers are slowed down. */
export function breathe(): Promise<void> {
  const { scheduler } = globalThis as MaybeScheduler;
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

export interface SliceOptions {
  readonly signal?: AbortSignal;
  readonly now?: () => number;
  readonly pause?: () => Promise<void>;
  readonly sliceMs?: number;
}

/** The work's result. Rejects with the signal's reason when it is called off, and with what the work throws. */
export async function inSlices<Result>(work: Generator<void, Result>, options: SliceOptions = {}): Promise<Result> {
  const { signal, now = () => performance.now(), pause = breathe, sliceMs = SLICE_MS } = options;
  for (;;) {
    const end = now() + sliceMs;
    do {
      signal?.throwIfAborted();
      const step = work.next();
      if (step.done) return step.value;
    } while (now() < end);
    await pause();
  }
}
