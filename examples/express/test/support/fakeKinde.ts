import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from "jose";

export type Claims = Record<string, unknown>;

/** A Kinde that publishes a key, signs with it, and answers other requests as `answer` says. */
export interface FakeKinde {
  readonly url: string;
  /** The requests that were neither for the keys nor for the metadata. */
  readonly requests: {
    method: string;
    path: string;
    body: string;
    headers: IncomingMessage["headers"];
  }[];
  /** How often the keys were requested. */
  readonly keyRequests: number;
  answer: (req: IncomingMessage, res: ServerResponse, body: string) => void;
  /** Whether the keys can be fetched. */
  keysAvailable: boolean;
  /** Whether a request for the keys gets no answer at all. */
  keysHang: boolean;
  /** The key set as it is published. */
  jwks: { keys?: object[] };
  /** Makes a valid user token. `claims` replaces some of its claims; undefined leaves one out. */
  token(claims?: Claims): Promise<string>;
  sign(payload: Claims, header?: Record<string, unknown>): Promise<string>;
  readonly publicKeyPem: string;
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
      if (kinde.keysHang) return;
      res.statusCode = kinde.keysAvailable ? 200 : 500;
      res.end(kinde.keysAvailable ? JSON.stringify(kinde.jwks) : "<h1>Oops</h1>");
      return;
    }
    if (req.url === "/.well-known/openid-configuration") {
      res.setHeader("content-type", "application/json").end(JSON.stringify(metadataOf(url)));
      return;
    }
    let body = "";
    for await (const chunk of req) body += chunk;
    const { method = "", url: path = "", headers } = req;
    kinde.requests.push({ method, path, body, headers });
    kinde.answer(req, res, body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const sign: FakeKinde["sign"] = (payload, header) =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: "RS256", kid: "key-1", typ: "JWT", ...header })
      .sign(privateKey);
  const kinde: FakeKinde = {
    url,
    requests: [],
    get keyRequests() {
      return keyRequests;
    },
    answer: (_req, res) => void res.writeHead(404).end(),
    keysAvailable: true,
    keysHang: false,
    jwks: { keys: [jwk] },
    publicKeyPem,
    sign,
    token: (claims = {}) => sign({ ...goodClaims(url), ...claims }),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return kinde;
}

function metadataOf(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/auth`,
    token_endpoint: `${issuer}/oauth2/token`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["code"],
  };
}

/** What Kinde puts into a user's access token. */
function goodClaims(issuer: string): Claims {
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
    profile_complete: false,
  };
}
