import { exportJWK, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from "jose";

const LIFETIME_S = 3600;

/** What the issuer publishes. Tests change it. */
export interface PublishedIssuer {
  /** The issuer in the discovery document; the address of the fake, unless given. */
  name: string | undefined;
  /** The body of the discovery document, in place of the right one. */
  discovery: string | undefined;
  kid: string | undefined;
  /** How far the clock is ahead, in seconds. */
  clockAhead: number;
}

export interface FakeIssuer {
  readonly published: PublishedIssuer;
  /** Answers discovery, keys and token requests; undefined for any other. */
  answer(request: Request, issuer: string): Promise<Response | undefined>;
  verify(token: string, issuer: string): Promise<JWTPayload | undefined>;
  sign(payload: Record<string, unknown>, issuer: string): Promise<string>;
}

/** The parts of Kinde's OpenID Connect that a machine application and the doctor need. */
export async function createFakeIssuer(options: {
  readonly machine: { readonly clientId: string; readonly clientSecret: string };
  readonly scopes: () => readonly string[];
}): Promise<FakeIssuer> {
  const { machine, scopes } = options;
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const header = { alg: "RS256", kid: "fake" };
  const jwk = { ...(await exportJWK(publicKey)), ...header, use: "sig" };
  const published: PublishedIssuer = {
    name: undefined,
    discovery: undefined,
    kid: header.kid,
    clockAhead: 0,
  };

  const sign = (payload: Record<string, unknown>, issuer: string) => {
    const iat = Math.floor(Date.now() / 1000);
    const times = { iat, exp: iat + LIFETIME_S };
    return new SignJWT({ iss: issuer, ...times, ...payload })
      .setProtectedHeader(header)
      .sign(privateKey);
  };

  async function token(request: Request, issuer: string): Promise<Response> {
    const form = new URLSearchParams(await request.text());
    const audience = form.get("audience");
    const isRight =
      form.get("client_id") === machine.clientId &&
      form.get("client_secret") === machine.clientSecret &&
      form.get("grant_type") === "client_credentials";
    if (!isRight) return Response.json({ error: "invalid_client" }, { status: 401 });
    if (audience !== `${issuer}/api`) {
      return Response.json({ error: "invalid_request" }, { status: 400 });
    }
    const claims = { aud: [audience], azp: machine.clientId, gty: ["client_credentials"] };
    const access_token = await sign({ ...claims, scp: scopes() }, issuer);
    return Response.json({ access_token, token_type: "bearer", expires_in: 3600 });
  }

  function discovery(issuer: string): Response {
    const date = new Date(Date.now() + published.clockAhead * 1000).toUTCString();
    const document = {
      issuer: published.name ?? issuer,
      jwks_uri: `${issuer}/.well-known/jwks`,
      authorization_endpoint: `${issuer}/oauth2/auth`,
      token_endpoint: `${issuer}/oauth2/token`,
    };
    return new Response(published.discovery ?? JSON.stringify(document), { headers: { date } });
  }

  return {
    published,
    sign,
    async answer(request, issuer) {
      switch (new URL(request.url).pathname) {
        case "/.well-known/openid-configuration":
          return discovery(issuer);
        case "/.well-known/jwks":
        case "/.well-known/jwks.json":
          return Response.json({ keys: [{ ...jwk, kid: published.kid }] });
        case "/oauth2/token":
          return await token(request, issuer);
        default:
          return undefined;
      }
    },
    async verify(jwt, issuer) {
      const options = { issuer, audience: `${issuer}/api` };
      return (await jwtVerify(jwt, publicKey, options).catch(() => undefined))?.payload;
    },
  };
}
