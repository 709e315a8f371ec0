import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from "jose";

export type Payload = Record<string, unknown>;

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

/** A local server that publishes a key, signs with it, and answers other requests as configured. */
export interface FakeKinde {
  readonly url: string;
  /** All requests except those for the keys. */
  readonly requests: ReceivedRequest[];
  /** How often the keys were fetched. */
  readonly keyRequests: number;
  answer: (request: ReceivedRequest, res: ServerResponse) => void;
  /** Whether the keys are served. "failing": status 500; "hanging": no answer. */
  keys: "served" | "failing" | "hanging";
  /** The published key set. */
  jwks: unknown;
  readonly publicKeyPem: string;
  /** Creates a valid access token of a user, with these claims changed (undefined removes one). */
  token(claims?: Payload): Promise<string>;
  sign(payload: Payload, header?: Payload): Promise<string>;
  stop(): Promise<void>;
}

export const AUDIENCE = "https://api.example.com";
export const CLIENT = "client_of_the_app";
export const USER = "kp_5d0c8b6f2f4e4c7a9b1e3d5f7a8c9e01";

export async function startFakeKinde(): Promise<FakeKinde> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "key-1", alg: "RS256", use: "sig" };
  const publicKeyPem = await exportSPKI(publicKey);
  let keyRequests = 0;

  const server = createServer(async (req, res) => {
    if (req.url === "/.well-known/jwks.json") {
      keyRequests++;
      if (kinde.keys === "hanging") return;
      res.statusCode = kinde.keys === "served" ? 200 : 500;
      res.end(kinde.keys === "served" ? JSON.stringify(kinde.jwks) : "<h1>Oops</h1>");
      return;
    }
    let body = "";
    for await (const chunk of req) body += chunk;
    const { method = "", url: path = "", headers } = req;
    const request = { method, path, body, headers };
    kinde.requests.push(request);
    kinde.answer(request, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const kinde: FakeKinde = {
    url,
    requests: [],
    get keyRequests() {
      return keyRequests;
    },
    answer: (_request, res) => void res.writeHead(404).end(),
    keys: "served",
    jwks: { keys: [jwk] },
    publicKeyPem,
    sign: (payload, header) =>
      new SignJWT(payload)
        .setProtectedHeader({ alg: "RS256", kid: "key-1", typ: "JWT", ...header })
        .sign(privateKey),
    token: (claims = {}) => kinde.sign({ ...goodPayload(url), ...claims }),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return kinde;
}

/** What Kinde writes into the access token of a user. */
export function goodPayload(issuer: string): Payload {
  const now = Math.floor(Date.now() / 1000);
  return {
    aud: [AUDIENCE],
    azp: CLIENT,
    exp: now + 3600,
    iat: now,
    iss: issuer,
    jti: "00000000-0000-0000-0000-000000000000",
    org_code: "org_1",
    permissions: [],
    scp: ["openid", "profile", "email", "offline"],
    sub: USER,
    lifetime_subscriber: false,
    tier: "free",
  };
}
