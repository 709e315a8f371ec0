import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from "jose";

export interface SigningKeys {
  /** The private key, for the OpenID Connect server. */
  readonly jwk: JWK;
  sign(payload: Record<string, unknown>): Promise<string>;
  /** The claims of a token of this Kinde that has not expired; undefined for anything else. */
  verify(token: string): Promise<JWTPayload | undefined>;
}

/** A new RS256 key with a `kid`, as Kinde's tokens are signed. It lives as long as this process. */
export async function createSigningKeys(): Promise<SigningKeys> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    jwk: { ...jwk, kid, alg: "RS256", use: "sig" },
    sign: (payload) =>
      new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid, typ: "JWT" }).sign(privateKey),
    verify: (token) =>
      jwtVerify(token, publicKey, { algorithms: ["RS256"] }).then(
        ({ payload }) => payload,
        () => undefined,
      ),
  };
}
