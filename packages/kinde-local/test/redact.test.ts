import { type Env, type Json, type Run, redactRun } from "kinde-local";
import { describe, expect, test } from "vitest";

const SECRET = 'ab+c/d=e "s3cret"\\ f~!%(g)\né';
const secret = (value: string): Env => ({ KEY: { value, isSecret: true } });

/** A run that logged one value, wrote it as a claim and failed with it. */
function runWith(value: Json): Run {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return {
    workflow: { id: "id", trigger: "user:tokens_generation", file: "/w.ts", failurePolicy: "stop" },
    stage: "run",
    completed: false,
    claims: { accessToken: { claim: value }, idToken: {}, m2mToken: {} },
    logs: [{ level: "info", arguments: [value] }],
    fetches: [
      { method: "GET", url: `https://x.example/${text}`, status: null, ms: 1, error: text },
    ],
    effects: {
      accessDenied: { reason: text },
      mfaPolicy: "required",
      ssoSessionPolicy: text,
      invalidFields: [{ field: text, message: text }],
      planSelectionDenied: { message: text, reasons: [text] },
      planCancellationDenied: { message: text },
    },
    error: {
      code: "THROWN",
      name: text,
      message: text,
      instead: text,
      subject: text,
      file: null,
      line: null,
      column: null,
    },
    ms: 12_345_678,
    limits: { timeMs: 10_000, memoryMb: 128 },
    goesOn: false,
    stoppedBy: null,
  } as Run;
}

const redacted = (value: Json, env: Env) => redactRun(runWith(value), env).claims.accessToken.claim;

const percent = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const unicode = (text: string) =>
  text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const SPELLINGS: [string, (text: string) => string][] = [
  ["as it is", (text) => text],
  ["as JSON", (text) => JSON.stringify(text)],
  ["as JSON inside JSON", (text) => JSON.stringify(JSON.stringify({ text }))],
  [
    "as JSON inside JSON inside JSON",
    (text) => JSON.stringify(JSON.stringify([JSON.stringify(text)])),
  ],
  ["as a component of a URL", encodeURIComponent],
  ["encoded twice", (text) => encodeURIComponent(encodeURIComponent(text))],
  ["as JSON in a URL", (text) => encodeURIComponent(JSON.stringify({ text }))],
  ["as a form", (text) => `${new URLSearchParams({ text })}`],
  ["with every character percent-encoded", percent],
  ["as \\u escapes", unicode],
  ["as \\u escapes inside JSON", (text) => JSON.stringify(unicode(text))],
  ["in HTML", (text) => text.replace(/["&<>']/g, (char) => `&#${char.charCodeAt(0)};`)],
  ["in hexadecimal digits", (text) => Buffer.from(text).toString("hex")],
];

describe("a secret is redacted", () => {
  test.for(SPELLINGS)("%s", ([, spell]) => {
    const all = JSON.stringify(redactRun(runWith(`before ${spell(SECRET)} after`), secret(SECRET)));
    expect(all).not.toMatch(/s3cret|s%33|7333637265|\\u0073/i);
    expect(redacted(`before ${spell(SECRET)} after`, secret(SECRET))).toMatch(
      /^before .*\[redacted\].* after$/s,
    );
  });

  test.for(
    [0, 1, 2, 3].flatMap((before) =>
      (["base64", "base64url"] as const).flatMap((kind) =>
        ["", "!"].map((after) => [kind, before, after] as const),
      ),
    ),
  )("in %s after %i other bytes, before '%s'", ([kind, before, after]) => {
    for (const value of ["hunter2", "0123456789abcdef", SECRET, "ÿÿÿ>>>???"]) {
      const encoded = Buffer.from(`${"xyz".slice(0, before)}${value}${after}`).toString(kind);
      expect(redacted(`t=${encoded}`, secret(value))).toMatch(
        /^t=[\w+/-]{0,4}\[redacted\][\w=]{0,4}$/,
      );
    }
  });

  test("as a number, alone and inside another", () => {
    expect(redacted(12345678, secret("12345678"))).toBe("[redacted]");
    expect(redacted([9123456780], secret("12345678"))).toEqual(["[redacted]"]);
    expect(redacted(Number("12345678901234567890"), secret("12345678901234567890"))).toBe(
      "[redacted]",
    );
    expect(redacted(1234567, secret("001234567"))).toBe("[redacted]");
  });

  test("as a whole if it contains a shorter secret", () => {
    const env: Env = {
      A: { value: "hunter2", isSecret: true },
      B: { value: "hunter2-and-more", isSecret: true },
    };
    expect(redacted("hunter2-and-more", env)).toBe("[redacted]");
  });

  test("in every part of a run that a workflow writes", () => {
    expect(
      JSON.stringify(redactRun(runWith("s3cr3t-value"), secret("s3cr3t-value"))),
    ).not.toContain("s3cr3t");
  });

  test("quickly in a string full of backslashes", () => {
    const start = performance.now();
    redactRun(runWith("\\".repeat(5_000)), secret("\\\\s3\\cr3t-value"));
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe("the structure of a run stays as it is", () => {
  const run = runWith({ level: "x", subscription: true });

  test.for([
    "info",
    "accessToken",
    "true",
    "user:tokens_generation",
    "INFO",
    "required",
    "12345678",
    "goesOn",
    "stoppedBy",
    "failurePolicy",
    "arguments",
  ])("with the secret %s", (word) => {
    const { ms, workflow, logs, claims, effects, ...rest } = redactRun(run, secret(word));
    expect({ ms, workflow, logs, claims, effects, ...rest }).toEqual(run);
  });

  test("with a secret that is the name of a member", () => {
    const { claims, logs } = redactRun(run, secret("subscription"));
    expect({ claims, logs }).toEqual({ claims: run.claims, logs: run.logs });
  });

  test("and so does a value that is not secret or is too short to be a secret", () => {
    const plain = runWith("public value pin12");
    expect(redactRun(plain, { A: "public", B: { value: "pin12", isSecret: true } })).toEqual(plain);
  });

  test("but a secret that is not an identifier is redacted in a name", () => {
    expect(redacted({ "key s3cr3t!": 1 }, secret("s3cr3t!"))).toEqual({ "key [redacted]": 1 });
  });
});
