import { WebhookError } from "./WebhookError.ts";

/** Kinde's events have a few kB. */
export const MAX_BODY_BYTES = 64 * 1024;

/**
 * Reads the body of a webhook request, up to a limit.
 *
 * @throws {WebhookError} for another method or content type, and for a body that is too large
 */
export async function readBody(request: Request): Promise<string> {
  if (request.method !== "POST") throw new WebhookError("WRONG_METHOD");
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/jwt *(;|$)/i.test(type)) throw new WebhookError("WRONG_CONTENT_TYPE");
  if (Number(request.headers.get("content-length")) > MAX_BODY_BYTES) {
    throw new WebhookError("BODY_TOO_LARGE");
  }
  if (request.body === null) return "";

  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > MAX_BODY_BYTES) throw new WebhookError("BODY_TOO_LARGE");
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    // Not waited for: a sender that stopped in the middle must not hold up the answer.
    reader.cancel().catch(() => undefined);
    if (error instanceof WebhookError) throw error;
    throw new WebhookError("BODY_UNREADABLE", undefined, { cause: error });
  }
}
