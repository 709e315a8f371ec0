import { WebhookError } from "./WebhookError.ts";

/** Kinde's events have a few kB. */
const MAX_BODY_BYTES = 64 * 1024;

/** A sender that stops in the middle must not hold a request open for ever. */
const BODY_LIMIT_MS = 10_000;

/**
 * Reads the body of a webhook request, up to a limit of bytes and of time.
 *
 * @throws {WebhookError} for another method or content type, and for a body that is too large,
 *   ends early, takes too long or was read before
 */
export async function readBody(request: Request): Promise<string> {
  if (request.method !== "POST") throw new WebhookError("WRONG_METHOD");
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/jwt *(;|$)/i.test(type)) throw new WebhookError("WRONG_CONTENT_TYPE");
  if (Number(request.headers.get("content-length")) > MAX_BODY_BYTES) {
    throw new WebhookError("BODY_TOO_LARGE");
  }
  if (request.body === null) return "";
  if (request.bodyUsed) {
    throw new WebhookError(
      "BODY_UNREADABLE",
      "it was read before the handler received the request",
    );
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  const outOfTime = new Promise<never>((_resolve, reject) => {
    const error = () => reject(new Error(`The body did not end within ${BODY_LIMIT_MS} ms`));
    timer = setTimeout(error, BODY_LIMIT_MS);
  });
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), outOfTime]);
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > MAX_BODY_BYTES) throw new WebhookError("BODY_TOO_LARGE");
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    // The cancellation is not awaited: a sender that stopped in the middle must not delay the
    // answer.
    reader.cancel().catch(() => undefined);
    if (error instanceof WebhookError) throw error;
    throw new WebhookError("BODY_UNREADABLE", undefined, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
