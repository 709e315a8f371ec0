import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** An OpenID Connect issuer that serves only discovery and keys. A test can rotate the keys. */
export interface TestIssuer extends AsyncDisposable {
  readonly url: string;
  sign(claims: Record<string, unknown>): Promise<string>;
  /** Replaces the key. */
  rotate(): Promise<void>;
  /** How often the keys were read. */
  keyRequests(): number;
  /** While true, every request is answered with 503. */
  setAway(away: boolean): void;
}

/** @param options.named the issuer that the discovery document names, if not its own address */
export async function createTestIssuer(options: { named?: string } = {}): Promise<TestIssuer> {
  let number = 0;
  let keyRequests = 0;
  let away = false;
  const createKey = async () => {
    number += 1;
    const pair = await generateKeyPair("RS256");
    return { ...pair, kid: `key-${number}` };
  };
  let key = await createKey();

  const server = createServer(async (request, response) => {
    const url = addressOf();
    response.setHeader("content-type", "application/json");
    if (away) {
      response.writeHead(503).end("{}");
    } else if (request.url === "/.well-known/openid-configuration") {
      response.end(JSON.stringify({ issuer: options.named ?? url, jwks_uri: `${url}/jwks` }));
    } else {
      keyRequests += 1;
      const jwk = await exportJWK(key.publicKey);
      response.end(JSON.stringify({ keys: [{ ...jwk, kid: key.kid, alg: "RS256", use: "sig" }] }));
    }
  });
  const addressOf = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = addressOf();

  return {
    url,
    sign: (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "RS256", kid: key.kid })
        .setIssuer(url)
        .setIssuedAt()
        .setExpirationTime("1h")
        .sign(key.privateKey),
    async rotate() {
      key = await createKey();
    },
    keyRequests: () => keyRequests,
    setAway(value) {
      away = value;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
