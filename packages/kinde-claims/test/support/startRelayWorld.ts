import type { ServerResponse } from "node:http";
import { createManagementClient } from "../../src/index.ts";
import { createRelay, type Relay, type RelayOptions } from "../../src/relay/index.ts";
import { startFakeKinde } from "./fakeKinde.ts";
import { createMemoryQueue, type MemoryQueue } from "./memoryQueue.ts";

/** A fake Kinde that records calls, a queue in memory, and relays between them. */
export interface RelayWorld {
  readonly queue: MemoryQueue;
  /** The user of each call of refresh_claims, in order. */
  readonly calls: string[];
  /** The highest number of calls that were open at the same time. */
  mostOpenCalls: number;
  /** Answers refresh_claims; 200 unless set. */
  answer: (userId: string, res: ServerResponse) => void;
  /** Answers the request for a machine token. */
  answerToken: (res: ServerResponse) => void;
  readonly log: string[];
  createRelay(options?: Partial<RelayOptions>): Relay;
  /** Empties the queue and the records, and resets the answers. */
  reset(): void;
  stop(): Promise<void>;
}

export const userId = (number: number) => `kp_${String(number).padStart(32, "0")}`;
export const userIds = (count: number) => Array.from({ length: count }, (_, i) => userId(i + 1));
/** Returns a function for `answer` that answers with a status. */
export const status =
  (code: number, headers: Record<string, string> = {}) =>
  (_userId: string, res: ServerResponse): void =>
    void res.writeHead(code, headers).end("{}");

export async function startRelayWorld({ timeoutMs = 5_000 } = {}): Promise<RelayWorld> {
  const kinde = await startFakeKinde();
  let queue = createMemoryQueue();
  let open = 0;
  kinde.answer = ({ path }, res) => {
    if (path === "/oauth2/token") return world.answerToken(res);
    const user = decodeURIComponent(path.split("/")[4] ?? "");
    world.calls.push(user);
    world.mostOpenCalls = Math.max(world.mostOpenCalls, ++open);
    res.once("close", () => open--);
    world.answer(user, res);
  };
  const world: RelayWorld = {
    get queue() {
      return queue;
    },
    calls: [],
    mostOpenCalls: 0,
    answer: status(200),
    answerToken: giveToken,
    log: [],
    createRelay: (options) => {
      const client = { domain: kinde.url, clientId: "machine", clientSecret: "secret", timeoutMs };
      return createRelay({
        queue,
        refreshClaims: createManagementClient(client).refreshClaims,
        log: (line) => world.log.push(line),
        ...options,
      });
    },
    reset() {
      queue = createMemoryQueue();
      world.calls.length = 0;
      world.log.length = 0;
      world.mostOpenCalls = 0;
      world.answer = status(200);
      world.answerToken = giveToken;
    },
    stop: () => kinde.stop(),
  };
  return world;
}

function giveToken(res: ServerResponse): void {
  res.end(JSON.stringify({ access_token: "t", expires_in: 3600 }));
}
