/**
 * Compares a secret from a request with the right one. It compares all bytes of the two digests, so
 * the time that it takes does not reveal how many letters are right.
 */
export async function isSameSecret(given: string, right: string): Promise<boolean> {
  const [one, other] = await Promise.all([digest(given), digest(right)]);
  let difference = 0;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
