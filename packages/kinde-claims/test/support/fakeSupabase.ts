import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createMemoryQueue, type MemoryQueue } from "./memoryQueue.ts";

interface FunctionCall {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage["headers"];
}

/** A local server with the queue functions of a Supabase project and a queue in memory. */
export interface FakeSupabase {
  readonly url: string;
  readonly queue: MemoryQueue;
  readonly calls: FunctionCall[];
  /** Returns true if it answered in place of the queue. */
  answer: (call: FunctionCall, res: ServerResponse) => boolean;
  stop(): Promise<void>;
}

interface SettleParameters {
  readonly done: number[];
  readonly retry: { message_id: number; after_seconds: number }[];
  readonly dead: number[];
}

export async function startFakeSupabase(): Promise<FakeSupabase> {
  const server = createServer(async (req, res) => {
    let body = "";
    for await (const chunk of req) body += chunk;
    const name = req.url?.replace("/rest/v1/rpc/", "") ?? "";
    const call = { name, parameters: JSON.parse(body || "{}"), headers: req.headers };
    supabase.calls.push(call);
    if (!supabase.answer(call, res)) await answerQueue(supabase.queue, call, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const supabase: FakeSupabase = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    queue: createMemoryQueue(),
    calls: [],
    answer: () => false,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return supabase;
}

async function answerQueue(
  queue: MemoryQueue,
  { name, parameters }: FunctionCall,
  res: ServerResponse,
): Promise<void> {
  if (name === "settle_claim_changes") {
    const { done, retry, dead } = parameters as unknown as SettleParameters;
    await queue.settle({
      done: done.map(String),
      retry: retry.map(({ message_id, after_seconds }) => ({
        id: String(message_id),
        afterSeconds: after_seconds,
      })),
      dead: dead.map(String),
    });
    res.writeHead(204).end();
    return;
  }
  const { quantity, wait_seconds = 0 } = parameters as { quantity: number; wait_seconds?: number };
  const until = Date.now() + wait_seconds * 1000;
  let taken = await queue.take({ quantity, waitSeconds: 0 });
  while (taken.length === 0 && Date.now() < until && !res.destroyed) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    taken = await queue.take({ quantity, waitSeconds: 0 });
  }
  const rows = taken.map(({ id, userId, attempts }) => ({
    message_id: Number(id),
    kinde_id: userId,
    attempts,
    queued_at: new Date().toISOString(),
  }));
  res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(rows));
}
