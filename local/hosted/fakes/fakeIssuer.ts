import { exportJWK, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from "jose";

export interface FakeIssuer {
  /** Answers discovery, keys and token requests; undefined for any other. */
  answer(request: Request, issuer: string): Promise<Response | undefined>;
  verify(token: string, issuer: string): Promise<JWTPayload | undefined>;
  sign(payload: Record<string, unknown>, issuer: string): Promise<string>;
}

/** As much of Kinde's OpenID Connect as a machine application and the doctor need. */
export async function createFakeIssuer(options: {
  readonly machine: { readonly clientId: string; readonly clientSecret: string };
  readonly scopes: () => readonly string[];
}): Promise<FakeIssuer> {
  const { machine, scopes } = options;
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const header = { alg: "RS256", kid: "fake" };
  const jwk = { ...(await exportJWK(publicKey)), ...header, use: "sig" };

  const sign = (payload: Record<string, unknown>, issuer: string) =>
    new SignJWT({ iss: issuer, ...payload })
      .setProtectedHeader(header)
      .setIssuedAt()
      .setExpirationTime("1h")
      .sign(privateKey);

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

  return {
    sign,
    async answer(request, issuer) {
      switch (new URL(request.url).pathname) {
        case "/.well-known/openid-configuration":
          return Response.json({
            issuer,
            jwks_uri: `${issuer}/.well-known/jwks`,
            authorization_endpoint: `${issuer}/oauth2/auth`,
            token_endpoint: `${issuer}/oauth2/token`,
          });
        case "/.well-known/jwks":
        case "/.well-known/jwks.json":
          return Response.json({ keys: [jwk] });
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
