import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { close, listen } from "../../http/listen.ts";
import { createFaults, type Fault, type Faults } from "./faults.ts";
import { createRequestValidator, type KnownRequest } from "./requestValidator.ts";
import type { PublishedApi } from "./schemas/types.ts";

/** A request that an operation answers. */
export interface Call extends Pick<KnownRequest, "name" | "path" | "query" | "operation"> {
  readonly body: unknown;
  readonly headers: Headers;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** A request that a fake received, for tests. */
export interface SeenRequest {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface Fake {
  readonly url: string;
  readonly faults: Faults;
  readonly requests: readonly SeenRequest[];
  /** The requests and answers that do not follow the published schemas. A test expects none. */
  readonly problems: readonly string[];
  /**
   * Runs before and after the work of each request, for example to end the caller just then. If
   * it returns false, the request is not answered. If it does so before the work, the work is not
   * done either.
   */
  onRequest: ((operation: string, when: "before" | "afterwards") => boolean) | undefined;
  stop(): Promise<void>;
}

export interface FakeParts {
  readonly api: PublishedApi;
  /** The refusal of a caller who may not do this. */
  authorize(call: Call): Answer | undefined | Promise<Answer | undefined>;
  readonly operations: Readonly<Record<string, (call: Call) => Answer | Promise<Answer>>>;
  /** The vendor's form of an error. */
  errorBody(status: number, message: string): unknown;
  /** Answers what does not belong to the management API, such as the discovery document. */
  readonly others?: (request: Request) => Promise<Response | undefined>;
}

/**
 * Starts a fake management API on 127.0.0.1 that refuses what the published schemas do not have.
 */
export async function startFake(parts: FakeParts): Promise<Fake> {
  const validator = createRequestValidator(parts.api);
  const faults = createFaults();
  const requests: SeenRequest[] = [];
  const problems: string[] = [];
  const refuse = (status: number, problem: string): Answer => {
    problems.push(problem);
    return { status, body: parts.errorBody(status, problem) };
  };

  async function run(known: KnownRequest, request: Request): Promise<Answer> {
    const read = await readBody(request);
    const call: Call = { ...known, body: read, headers: request.headers };
    const refused = await parts.authorize(call);
    if (refused) return refused;
    const problem = validator.problemOfBody(known.name, schemaView(read));
    if (problem) return refuse(400, problem);
    const operation = parts.operations[known.name];
    if (operation === undefined) return refuse(501, `the fake does not do ${known.name} yet`);
    const answer = await operation(call);
    const wrong = answer.status < 300 && validator.problemOfAnswer(known.name, answer.body);
    return wrong ? refuse(500, wrong) : answer;
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await toRequest(incoming);
    const url = new URL(request.url);
    const other = await parts.others?.(request.clone());
    if (other) {
      const { status } = other;
      requests.push({ operation: "other", method: request.method, path: url.pathname, status });
      return send(outgoing, other);
    }
    const known = validator.match(request.method, url);
    const name = "problem" in known ? "unknown" : known.name;
    const failed = (fault: Fault) => {
      const status = fault.silent ? 0 : (fault.status ?? 500);
      requests.push({ operation: name, method: request.method, path: url.pathname, status });
      if (fault.silent) return undefined;
      const body = fault.body ?? parts.errorBody(status, "a fault of the fake");
      return send(outgoing, Response.json(body, { status, headers: { ...fault.headers } }));
    };
    if (fake.onRequest?.(name, "before") === false) return;
    const before = faults.take(name, "before");
    if (before) return failed(before);
    const answer =
      "problem" in known ? refuse(known.status, known.problem) : await run(known, request);
    requests.push({
      operation: name,
      method: request.method,
      path: url.pathname,
      status: answer.status,
    });
    if (fake.onRequest?.(name, "afterwards") === false) return;
    const afterwards = faults.take(name, "afterwards");
    if (afterwards) return failed(afterwards);
    const { status, body } = answer;
    await send(
      outgoing,
      body === undefined ? new Response(null, { status }) : Response.json(body, { status }),
    );
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => {
      problems.push(`the fake failed: ${error instanceof Error ? error.stack : String(error)}`);
      outgoing.writeHead(500).end();
    });
  });
  const port = await listen(server);
  const fake: Fake = {
    url: `http://127.0.0.1:${port}`,
    faults,
    requests,
    problems,
    onRequest: undefined,
    stop: () => close(server),
  };
  return fake;
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  return new Request(`http://127.0.0.1${incoming.url}`, {
    method: incoming.method ?? "GET",
    headers: incoming.headers as Record<string, string>,
    ...(parts.length > 0 && { body: Buffer.concat(parts) }),
  });
}

/** JSON, a form with files, or nothing. */
async function readBody(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("multipart/form-data")) return await request.formData();
  const text = await request.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A form as OpenAPI describes it: the metadata as an object, and each file as a string. */
function schemaView(body: unknown): unknown {
  if (!(body instanceof FormData)) return body;
  const metadata = body.get("metadata");
  return {
    ...(metadata !== null && { metadata: JSON.parse(String(metadata)) }),
    ...(body.has("file") && { file: body.getAll("file").map(() => "") }),
  };
}

async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
