import { spawn } from "node:child_process";
import { generatedPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { CLI } from "./support/command.ts";
import { makeProject, WORKFLOWS, workflow } from "./support/project.ts";

interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: unknown;
}

/** A minimal debugger: sends commands, and returns events in the order of their arrival. */
class Debugger {
  readonly #socket: WebSocket;
  readonly #events: Message[] = [];
  #wake: () => void = () => {};
  #id = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => {
      const message = JSON.parse(String(data)) as Message;
      if (message.method) this.#events.push(message);
      this.#wake();
    });
  }

  send(method: string, params: object = {}): void {
    this.#socket.send(JSON.stringify({ id: ++this.#id, method, params }));
  }

  async event<T>(method: string, fits: (params: T) => boolean = () => true): Promise<T> {
    for (;;) {
      const at = this.#events.findIndex(
        (event) => event.method === method && fits(event.params as T),
      );
      if (at >= 0) return this.#events.splice(at, 1)[0]?.params as T;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

interface Script {
  scriptId: string;
  url: string;
  sourceMapURL: string;
}
interface Paused {
  callFrames: { functionName: string }[];
  hitBreakpoints: string[];
}

test("--inspect lets any debugger stop in the author's source, without a time limit", async () => {
  const folder = makeProject({
    [`${WORKFLOWS}/testWorkflow.ts`]: workflow("const answer: number = 42;\nreturn answer;"),
  });
  const args = ["run", "--json", "--project", folder, "--limit", "50", "--inspect", "127.0.0.1:0"];
  const child = spawn(CLI, args);
  onTestFinished(() => void child.kill("SIGKILL"));
  let stdout = "";
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  const url = await new Promise<string>((resolve) => {
    child.stderr.on("data", (text) => {
      const found = /ws:\/\/\S+/.exec(String(text))?.[0];
      if (found) resolve(found);
    });
  });
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.once("open", resolve));
  const client = new Debugger(socket);
  client.send("Debugger.enable");
  client.send("Runtime.runIfWaitingForDebugger");

  // The bundle's source map leads to the author's file.
  const script = await client.event<Script>("Debugger.scriptParsed", ({ url }) =>
    url.includes("testWorkflow"),
  );
  expect(script.url).toMatch(/^file:.*\/output\/testWorkflow\.ts\.js$/);
  const map = JSON.parse(Buffer.from(script.sourceMapURL.split(",")[1] ?? "", "base64").toString());
  expect(new URL(map.sources[0], script.url).pathname).toBe(
    `${folder}/${WORKFLOWS}/testWorkflow.ts`,
  );

  // The run stops once before the workflow is called, so that breakpoints can be set.
  await client.event<Paused>("Debugger.paused");
  const { line, column } = generatedPositionFor(new TraceMap(map), {
    source: map.sources[0],
    line: 7,
    column: 0,
  });
  client.send("Debugger.setBreakpointByUrl", {
    url: script.url,
    lineNumber: (line ?? 1) - 1,
    columnNumber: column,
  });
  client.send("Debugger.resume");
  const inside = await client.event<Paused>("Debugger.paused");
  expect(inside.hitBreakpoints).toHaveLength(1);
  expect(inside.callFrames[0]?.functionName).toBe("run");
  await new Promise((resolve) => setTimeout(resolve, 100));
  client.send("Debugger.disable");
  client.send("Debugger.resume");
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(JSON.parse(stdout)).toMatchObject({
    completed: true,
    claims: { accessToken: { result: 42 } },
  });
  expect(code).toBe(0);
}, 20_000);
