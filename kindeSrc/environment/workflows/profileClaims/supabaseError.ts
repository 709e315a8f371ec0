import { type Failure, type FailureCode, failed } from "./lookup.ts";

type Rule = readonly [pattern: RegExp, code: FailureCode, hint: string];

/**
 * Rules for the `code` of an error of PostgREST (PGRST…) or PostgreSQL (five characters). They do
 * not read the message, because messages differ between versions of PostgREST and codes do not.
 */
const BY_CODE: readonly Rule[] = [
  [/^PGRST30/, "UNAUTHORIZED", "the key is invalid or expired: set a new SUPABASE_SECRET_KEY"],
  [/^42501$/, "FORBIDDEN", "the key's role may not read the columns: apply the migrations' grants"],
  [/^22023$/, "SCHEMA_MISMATCH", "the database does not have the key's role: apply the migrations"],
  [
    /^(42\w{3}|22P02|3F000|PGRST1(0[068]|25)|PGRST20\d)$/,
    "SCHEMA_MISMATCH",
    "table or column not as expected: apply the migrations",
  ],
  [/^(57014|55P03|PGRST003)$/, "TIMEOUT", "the database was too slow: look at its load and locks"],
  [
    /^(PGRST00[0-2]|53\w{3}|57P0\d|08\w{3}|28\w{3}|25006|XX\w{3})$/,
    "UNAVAILABLE",
    "the database is down, starting or full: see the project's status",
  ],
];

/**
 * Rules for the answers of Supabase's gateway and of the proxies in front of it. These answers have
 * no code, so the rules search for words.
 */
const BY_WORDS: readonly Rule[] = [
  [
    /api ?key|unauthorized|jwt/i,
    "UNAUTHORIZED",
    "the key was refused: check SUPABASE_SECRET_KEY and, if it is a JWT, SUPABASE_PUBLISHABLE_KEY",
  ],
  [/no route matched/i, "SCHEMA_MISMATCH", "no Data API at this address: check SUPABASE_URL"],
  [
    /rate limit|too many requests|quota|restricted|payment required/i,
    "UNAVAILABLE",
    "Supabase refused because of load, quota or billing: see the project's dashboard",
  ],
  [
    /\b5\d\d\b|upstream|name resolution|^error code: \d|something went wrong|unavailable|paused|timed? ?out/i,
    "UNAVAILABLE",
    "Supabase could not answer: see the project's status",
  ],
];

/** Returns the failure that an error object of PostgREST or the gateway means. */
export function failureOf(error: Readonly<Record<string, unknown>>): Failure {
  const { code, message } = error;
  // Only a value that looks like a code goes into the log, because other fields can hold row data.
  if (typeof code === "string" && /^[A-Z0-9]{5,8}$/.test(code)) {
    const rule = BY_CODE.find(([pattern]) => pattern.test(code));
    return rule === undefined
      ? failed("MALFORMED_RESPONSE", `an error that this package does not know (${code})`)
      : failed(rule[1], `${rule[2]} (${code})`);
  }
  return typeof message === "string" ? failureOfText(message) : notAnAnswer();
}

/**
 * Returns the failure that a text means: a gateway's error page, or a gateway's message, as text or
 * in JSON.
 */
export function failureOfText(body: unknown): Failure {
  if (body === "") {
    return failed("UNAUTHORIZED", "an empty answer: a refused key, or a gateway in trouble");
  }
  const words = typeof body === "string" ? titleOrText(body) : "";
  const rule = BY_WORDS.find(([pattern]) => pattern.test(words));
  return rule === undefined ? notAnAnswer() : failed(rule[1], rule[2]);
}

/**
 * Returns the words to search: the title of an HTML page, or the body if it is short. It returns no
 * longer text, because that may contain one of the words by chance.
 */
function titleOrText(body: string): string {
  const start = body.slice(0, 2_000).trimStart();
  if (start.startsWith("<")) {
    return /<title>([^<]{1,200})<\/title>/i.exec(start)?.[1] ?? "";
  }
  return body.length <= 200 ? body : "";
}

function notAnAnswer(): Failure {
  return failed("MALFORMED_RESPONSE", "not an answer of Supabase's Data API: check SUPABASE_URL");
}
