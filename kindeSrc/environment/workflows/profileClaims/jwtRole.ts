const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * Reads the `role` of a JWT without checking the signature. Use it only to notice a key that was
 * pasted into the wrong variable.
 *
 * @returns undefined if the string is not a JWT, or has no role
 */
export function roleOfJwt(jwt: string): string | undefined {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(jwt)?.[1];
  if (payload === undefined) {
    return undefined;
  }
  try {
    const claims = JSON.parse(decodeBase64Url(payload)) as { role?: unknown } | null;
    return typeof claims?.role === "string" ? claims.role : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Decodes base64url, because Kinde's engine has no `atob`. Each byte becomes one character. So a
 * character outside ASCII is decoded wrongly, but the JSON around it stays valid.
 */
function decodeBase64Url(text: string): string {
  let decoded = "";
  let bits = 0;
  let bitCount = 0;
  for (const character of text) {
    bits = ((bits << 6) | BASE64URL.indexOf(character)) & 0xffff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      decoded += String.fromCharCode((bits >> bitCount) & 0xff);
    }
  }
  return decoded;
}
