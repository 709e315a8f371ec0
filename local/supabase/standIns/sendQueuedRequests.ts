import type { Client } from "pg";

interface QueuedRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly timeout_milliseconds: number;
}

interface Outcome {
  readonly status?: number;
  readonly content?: string;
  readonly timedOut?: boolean;
  readonly error?: string;
}

/** The number of requests that pg_net sends at a time. */
const BATCH_SIZE = 200;

/**
 * Sends the requests that `net.http_post` queued, once each, as pg_net does: a request that fails
 * is gone. The outcome is a row of `net._http_response`.
 *
 * @returns how many requests were sent
 */
export async function sendQueuedRequests(client: Client, signal: AbortSignal): Promise<number> {
  // As in pg_net, a request leaves the queue when its response is stored.
  await client.query("begin");
  try {
    return await sendBatch(client, signal);
  } finally {
    await client.query("commit");
  }
}

async function sendBatch(client: Client, signal: AbortSignal): Promise<number> {
  const { rows } = await client.query<QueuedRequest>(
    `delete from net.http_request_queue where id in (
       select id from net.http_request_queue order by id limit ${BATCH_SIZE}
     ) returning *`,
  );
  await Promise.all(
    rows.map(async (request) => {
      const { status, content, timedOut = false, error } = await send(request, signal);
      await client.query(
        `insert into net._http_response (id, status_code, content, timed_out, error_msg)
         values ($1, $2, $3, $4, $5)`,
        [request.id, status, content, timedOut, error],
      );
    }),
  );
  return rows.length;
}

async function send(request: QueuedRequest, signal: AbortSignal): Promise<Outcome> {
  const { method, url, headers, body, timeout_milliseconds } = request;
  const limit = AbortSignal.timeout(timeout_milliseconds);
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, "user-agent": "local pg_net" },
      body,
      signal: AbortSignal.any([limit, signal]),
    });
    return { status: response.status, content: await response.text() };
  } catch (error) {
    return { timedOut: limit.aborted, error: String(error) };
  }
}
