const LONGEST = 200;

/** The vendor's message in the body of an error, on one line. What looks like a key is removed. */
export function textOfAnswer(body: string): string {
  const text = messageIn(body) ?? "";
  return text
    .replace(/\b(sb_secret_|sbp_|eyJ)[\w.-]+/g, "$1…")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\.$/, "")
    .slice(0, LONGEST);
}

/**
 * Supabase's form is `{"message": "…"}`. Kinde's is
 * `{"errors": [{"code": "…", "message": "…"}]}`.
 */
function messageIn(body: string): string | undefined {
  try {
    const answer = JSON.parse(body) as { message?: unknown; errors?: unknown };
    if (answer.errors !== undefined) {
      const errors = [answer.errors].flat() as { code?: unknown; message?: unknown }[];
      return errors
        .map(({ code, message }) => [code, message].filter(Boolean).join(": "))
        .join(", ");
    }
    return [answer.message].flat().filter(Boolean).join(", ");
  } catch {
    return undefined;
  }
}
