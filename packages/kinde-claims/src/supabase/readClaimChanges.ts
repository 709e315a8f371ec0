import type { ClaimChange } from "../relay/types.ts";

/** Reads the rows that the database returned. Undefined if they are not messages. */
export function readClaimChanges(answer: unknown): ClaimChange[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  const changes = answer.map(readClaimChange);
  return changes.every((change) => change !== undefined) ? changes : undefined;
}

function readClaimChange(row: unknown): ClaimChange | undefined {
  const { message_id: id, kinde_id: userId, attempts } = Object(row) as Record<string, unknown>;
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(attempts)) return undefined;
  return {
    id: String(id),
    // A message without a user id is a mistake of its sender. The relay puts the message aside.
    userId: typeof userId === "string" ? userId : "",
    attempts: Number(attempts),
  };
}
