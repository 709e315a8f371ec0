import type { WebhookError } from "./WebhookError.ts";

/** Answers with the status of an error, as a problem (RFC 9457) without the error's cause. */
export function answerError({ code, status, title, message }: WebhookError): Response {
  const headers = new Headers({
    "cache-control": "no-store",
    "content-type": "application/problem+json",
  });
  if (status === 405) headers.set("allow", "POST");
  if (status === 503) headers.set("retry-after", "5");
  const problem = {
    type: `urn:kinde-claims:webhook-${status === 503 ? "failed" : "refused"}`,
    title,
    status,
    detail: `${message}.`,
    code,
  };
  return new Response(JSON.stringify(problem), { status, headers });
}
