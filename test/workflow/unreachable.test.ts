import { expect, test } from "vitest";
import { unreachable } from "../../kindeSrc/environment/workflows/profileClaims/unreachable.ts";

/** The start of an error message of Go. Its URL contains words that must not be read as a cause. */
const GET = 'Get "https://refused.example/rest/v1/profiles?kinde_id=eq.kp_timeout\\"x": ';

test.each([
  ["dial tcp: lookup refused.example: no such host", "host name is unknown"],
  ["dial tcp 127.0.0.1:1: connect: connection refused", "nothing listens"],
  ["dial tcp 10.0.0.1:443: i/o timeout", "no answer in time"],
  [
    "context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
    "no answer in time",
  ],
  ['tls: failed to verify certificate: x509: signed by "unknown" authority', "TLS connection"],
  ["http: server gave HTTP response to HTTPS client", "TLS connection"],
  ["EOF", "no answer, or an error status"],
])("%s", (cause, hint) => {
  const failure = unreachable(new Error(GET + cause));
  expect(failure).toMatchObject({ outcome: "failed", code: "UNREACHABLE" });
  expect(failure.hint).toContain(hint);
  expect(failure.hint).not.toMatch(/example|kp_/);
});

test.each([undefined, null, "text", 42, {}])(
  "%j thrown instead of an error is UNREACHABLE, too",
  (thrown) => {
    expect(unreachable(thrown).code).toBe("UNREACHABLE");
  },
);
