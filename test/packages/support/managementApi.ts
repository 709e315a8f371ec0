import { createServer } from "node:http";
import { close, listen } from "../../../local/http/listen.ts";

/** A deployed function. */
export interface Deployment {
  readonly metadata: {
    readonly entrypoint_path: string;
    readonly import_map_path: string;
    readonly verify_jwt: boolean;
  };
  /** The files by their paths in the project. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** The part of Supabase's Management API that `supabase functions deploy --use-api` calls. */
export interface ManagementApi {
  readonly url: string;
  /** By the name of the function. */
  readonly deployments: ReadonlyMap<string, Deployment>;
  stop(): Promise<void>;
}

/** @param accessToken the only accepted token */
export async function startManagementApi(accessToken: string): Promise<ManagementApi> {
  const deployments = new Map<string, Deployment>();

  async function answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (request.headers.get("authorization") !== `Bearer ${accessToken}`) {
      return Response.json({ message: "Unauthorized" }, { status: 401 });
    }
    if (request.method === "POST" && pathname.endsWith("/functions/deploy")) {
      const slug = searchParams.get("slug") ?? "";
      deployments.set(slug, await readDeployment(request));
      const now = Date.now();
      const times = { created_at: now, updated_at: now };
      const about = { id: slug, slug, name: slug, version: 1, status: "ACTIVE", ...times };
      return Response.json(about, { status: 201 });
    }
    // After several uploads, the CLI activates all of them in one request.
    if (request.method === "PUT" && pathname.endsWith("/functions")) {
      return Response.json({ functions: [] });
    }
    return Response.json({ message: `no ${request.method} ${pathname}` }, { status: 404 });
  }

  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part);
    const { method = "GET" } = incoming;
    const request = new Request(`http://127.0.0.1${incoming.url}`, {
      method,
      headers: incoming.headers as Record<string, string>,
      ...(parts.length > 0 && { body: Buffer.concat(parts) }),
    });
    const response = await answer(request);
    outgoing.writeHead(response.status, { "content-type": "application/json" });
    outgoing.end(await response.text());
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  return { url, deployments, stop: () => close(server) };
}

async function readDeployment(request: Request): Promise<Deployment> {
  const form = await request.formData();
  const metadata = form.get("metadata");
  const files = new Map<string, Buffer>();
  for (const file of form.getAll("file")) {
    if (typeof file !== "string") files.set(file.name, Buffer.from(await file.arrayBuffer()));
  }
  const text = typeof metadata === "string" ? metadata : ((await metadata?.text()) ?? "");
  return { metadata: JSON.parse(text), files };
}
