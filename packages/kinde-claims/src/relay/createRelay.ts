import { type BatchOptions, createBatches } from "./createBatches.ts";
import { createPauses } from "./createPauses.ts";
import { drainQueue } from "./drainQueue.ts";
import { sleep } from "./sleep.ts";
import type { BatchReport, Relay, RelayOptions } from "./types.ts";

/** How long `run` waits for a first message before it asks again. */
const POLL_SECONDS = 5;
/** If `take` returns without waiting, `run` calls it no more often than this. */
const SHORTEST_POLL_MS = 1_000;

/**
 * Creates a relay: it takes changes from a queue, tells Kinde that the claims of the users changed,
 * and settles the messages. Several messages of one user in a batch lead to one call. A message is
 * settled after its call. If the relay ends before it settles, nothing is lost: the call is
 * repeated.
 *
 * - Kinde does not know the user (404): the message is done.
 * - Kinde refuses the user (another 4xx): this user is tried again after 20 s, 40 s, … up to an
 *   hour. After `maxAttempts` the message is dead. A message without a valid user id is dead at
 *   once.
 * - Kinde limits the rate, refuses the machine application, fails or does not answer: the batch
 *   stops. The other messages become visible again after `RateLimit-Reset`, or after a pause that
 *   doubles.
 *
 * One relay works on one batch at a time. Several relays may share a queue.
 *
 * @example
 * ```ts
 * import { createManagementClient } from "kinde-claims";
 * import { type ClaimChangeQueue, createRelay } from "kinde-claims/relay";
 *
 * export function createWorker(queue: ClaimChangeQueue) {
 *   const management = createManagementClient({
 *     domain: "https://example.kinde.com",
 *     clientId: "client id of a machine-to-machine application",
 *     clientSecret: "its secret, from the environment",
 *   });
 *   const { refreshClaims } = management;
 *   return createRelay({ queue, refreshClaims, log: (line) => console.log(line) });
 * }
 *
 * export async function work(queue: ClaimChangeQueue, signal: AbortSignal) {
 *   await createWorker(queue).run({ signal });
 * }
 * ```
 */
export function createRelay(options: RelayOptions): Relay {
  const relayNext = createBatches(options);
  let last: Promise<unknown> = Promise.resolve();

  /** Relays one batch after the other: two at once would exceed the concurrency. */
  function relayBatch(batch: BatchOptions = {}): Promise<BatchReport> {
    const relayed = last.then(() => relayNext(batch));
    last = relayed.catch(() => undefined);
    return relayed;
  }

  async function run({ signal }: { readonly signal: AbortSignal }): Promise<void> {
    const pauses = createPauses();
    while (!signal.aborted) {
      const startedAt = performance.now();
      const { taken, stopped, failure } = await relayBatch({ waitSeconds: POLL_SECONDS, signal });
      if (failure) {
        await sleep(pauses.next() * 1000, signal);
        continue;
      }
      pauses.reset();
      if (stopped) await sleep(stopped.pauseSeconds * 1000, signal);
      else if (taken === 0) await sleep(SHORTEST_POLL_MS - (performance.now() - startedAt), signal);
    }
  }

  return {
    relayBatch,
    drain: (limits = {}) => drainQueue(relayBatch, limits),
    run,
  };
}
