import type { BatchOptions } from "./createBatches.ts";
import type { BatchReport, DrainReport } from "./types.ts";

/** Relays batches until the queue is empty, a batch stops or fails, or it must end. See `Relay`. */
export async function drainQueue(
  relayBatch: (options: BatchOptions) => Promise<BatchReport>,
  {
    signal,
    limitMs = Number.POSITIVE_INFINITY,
  }: { readonly signal?: AbortSignal | undefined; readonly limitMs?: number | undefined },
): Promise<DrainReport> {
  const startedAt = performance.now();
  const remainingMs = () => limitMs - (performance.now() - startedAt);
  let sum = { batches: 0, taken: 0, users: 0, notified: 0, gone: 0, retried: 0, dead: 0, ms: 0 };
  let end: Pick<DrainReport, "stopped" | "failure"> = {};
  let empty = false;

  while (!empty && !end.stopped && !end.failure && !signal?.aborted && remainingMs() > 0) {
    const { stopped, failure, ...counts } = await relayBatch({ signal, limitMs: remainingMs() });
    empty = counts.taken === 0 && !failure && !signal?.aborted;
    end = { ...(stopped && { stopped }), ...(failure && { failure }) };
    if (counts.taken > 0) sum = { ...add(sum, counts), batches: sum.batches + 1 };
  }
  return { ...sum, ms: Math.round(performance.now() - startedAt), empty, ...end };
}

type Counted = "taken" | "users" | "notified" | "gone" | "retried" | "dead" | "ms";

function add<Sum extends Record<Counted, number>>(sum: Sum, more: Record<Counted, number>): Sum {
  const added = Object.entries(more).map(([name, number]) => [name, sum[name as Counted] + number]);
  return { ...sum, ...Object.fromEntries(added) };
}
