import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type Server } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { close, listen as listenOn } from "../../local/http/listen.ts";
import { answerBadUpstream, forward } from "../../local/supabase/proxy.ts";

const closing: Array<() => unknown> = [];
afterEach(() => {
  for (const end of closing.splice(0)) end();
});

function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  closing.push(() => close(server));
  return listenOn(server);
}

/** A proxy in front of the port. It keeps one connection to it open. */
async function proxyTo(port: number): Promise<string> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  closing.push(() => agent.destroy());
  const upstream = { host: "127.0.0.1", port, path: "/", authorization: undefined, agent };
  const proxy = createServer((incoming, outgoing) => forward(incoming, outgoing, upstream));
  return `http://127.0.0.1:${await listen(proxy)}`;
}

/** Answers the first request of every connection and hangs up at the second. */
function impatientServer() {
  let connections = 0;
  const server = createTcpServer((socket) => {
    connections += 1;
    let requests = 0;
    socket
      .on("error", () => undefined)
      .on("data", () => {
        requests += 1;
        if (requests > 1) socket.destroy();
        else socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
      });
  });
  return { server, connections: () => connections };
}

test("a GET on a kept connection that was closed meanwhile is sent again on a new one", async () => {
  const { server, connections } = impatientServer();
  const url = await proxyTo(await listen(server));
  for (let i = 0; i < 3; i += 1) expect(await (await fetch(url)).text()).toBe("ok");
  expect(connections()).toBe(3);
});

test("a POST is not sent twice: the client gets a 502", async () => {
  const { server } = impatientServer();
  const url = await proxyTo(await listen(server));
  await (await fetch(url)).text();
  const response = await fetch(url, { method: "POST", body: "x" });
  expect(response.status).toBe(502);
});

test.each(["DELETE", "OPTIONS", "PATCH"])(
  "a body without a length stays part of its %s",
  async (method) => {
    const received: string[] = [];
    const server = createServer(async (incoming, response) => {
      let body = "";
      for await (const chunk of incoming) body += chunk;
      received.push(`${incoming.method} ${body}`);
      response.end("ok");
    });
    const url = await proxyTo(await listen(server));
    const body = "GET /hidden HTTP/1.1\r\nhost: x\r\n\r\n";
    const outward = request(url, { method, headers: { "transfer-encoding": "chunked" } });
    outward.end(body);
    const [response] = (await once(outward, "response")) as [IncomingMessage];
    response.resume();
    await once(response, "end");
    // The next request on the same connection shows that no part of the body is left.
    await (await fetch(url)).text();
    expect(received).toEqual([`${method} ${body}`, "GET "]);
  },
);

test.each(["GET", "HEAD"])(
  "a %s with a body is answered, and the body is not passed on",
  async (method) => {
    const received: { length: string | undefined; body: string }[] = [];
    const server = createServer(async (incoming, response) => {
      let body = "";
      for await (const chunk of incoming) body += chunk;
      received.push({ length: incoming.headers["content-length"], body });
      response.end(method === "GET" ? "ok" : undefined);
    });
    const url = await proxyTo(await listen(server));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    closing.push(() => agent.destroy());
    // Twice on one connection, because the first body must not be read as the second request.
    for (let i = 0; i < 2; i += 1) {
      const headers = { "content-length": "9" };
      const outward = request(url, { method, headers, agent, timeout: 5_000 });
      outward.once("timeout", () => outward.destroy(new Error("no answer")));
      outward.end("some body");
      const [response] = (await once(outward, "response")) as [IncomingMessage];
      expect(response.statusCode).toBe(200);
      response.resume();
      await once(response, "end");
    }
    expect(received).toEqual(Array(2).fill({ length: undefined, body: "" }));
  },
);

test("an answer is passed on while it is being written", async () => {
  const server = createServer((_, response) => {
    response.write("first");
    setTimeout(() => response.end(" last"), 300);
  });
  const response = await fetch(await proxyTo(await listen(server)));
  const reader = response.body?.getReader();
  const first = await reader?.read();
  expect(new TextDecoder().decode(first?.value)).toBe("first");
});

test("an answer that breaks off is an error for the client, not a shorter answer", async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("only this", () => response.destroy());
  });
  const response = await fetch(await proxyTo(await listen(server)));
  await expect(response.text()).rejects.toThrow();
});

test("a client that disconnects ends the request upstream", async () => {
  const server = createServer();
  const port = await listen(server);
  const url = await proxyTo(port);
  const abort = new AbortController();
  const asked = once(server, "request");
  const answer = fetch(url, { signal: abort.signal }).catch(() => "left");
  const [incoming] = await asked;
  const gone = once(incoming.socket, "close");
  abort.abort();
  await gone;
  expect(await answer).toBe("left");
});

test("a server that does not answer causes a 502 with the gateway's body", async () => {
  const proxy = createServer((_, outgoing) => answerBadUpstream(outgoing));
  const response = await fetch(`http://127.0.0.1:${await listen(proxy)}`);
  expect(response.status).toBe(502);
  expect(await response.json()).toEqual({
    message: "An invalid response was received from the upstream server",
  });
});
