import type { ClaimChange, ClaimChangeQueue, Settlement } from "../../src/relay/index.ts";

/** A queue in memory with the visibility timeouts of pgmq. */
export interface MemoryQueue extends ClaimChangeQueue {
  /** Sends a message for each user. */
  send(...userIds: string[]): void;
  /** The users whose messages are in the queue, visible or not. */
  readonly users: readonly string[];
  /** The users whose messages were put aside. */
  readonly deadUsers: readonly string[];
  readonly settlements: Settlement[];
  /** Moves the clock of the queue, so that messages become visible again. */
  pass(seconds: number): void;
  /** The seconds until all messages of a user are visible. */
  hiddenSeconds(userId: string): number;
  /** While these errors are set, `take` and `settle` throw them. */
  takeError: Error | undefined;
  settleError: Error | undefined;
  takes: number;
}

const HIDDEN_MS = 30_000;

export function createMemoryQueue(): MemoryQueue {
  let clock = 0;
  let count = 0;
  const messages = new Map<string, { userId: string; attempts: number; visibleAt: number }>();
  const dead: string[] = [];

  const queue: MemoryQueue = {
    send(...userIds) {
      for (const userId of userIds) {
        messages.set(String(++count), { userId, attempts: 0, visibleAt: clock });
      }
    },
    get users() {
      return [...messages.values()].map(({ userId }) => userId);
    },
    deadUsers: dead,
    settlements: [],
    pass(seconds) {
      clock += seconds * 1000;
    },
    hiddenSeconds(userId) {
      const own = [...messages.values()].filter((message) => message.userId === userId);
      return Math.max(...own.map(({ visibleAt }) => (visibleAt - clock) / 1000));
    },
    takeError: undefined,
    settleError: undefined,
    takes: 0,
    async take({ quantity }) {
      queue.takes++;
      if (queue.takeError) throw queue.takeError;
      const taken: ClaimChange[] = [];
      for (const [id, message] of messages) {
        if (taken.length === quantity || message.visibleAt > clock) continue;
        message.attempts++;
        message.visibleAt = clock + HIDDEN_MS;
        taken.push({ id, userId: message.userId, attempts: message.attempts });
      }
      return taken;
    },
    async settle(settlement) {
      if (queue.settleError) throw queue.settleError;
      queue.settlements.push(settlement);
      for (const id of settlement.done) messages.delete(id);
      for (const { id, afterSeconds } of settlement.retry) {
        const message = messages.get(id);
        if (message) message.visibleAt = clock + afterSeconds * 1000;
      }
      for (const id of settlement.dead) {
        dead.push(messages.get(id)?.userId ?? "");
        messages.delete(id);
      }
    },
  };
  return queue;
}
