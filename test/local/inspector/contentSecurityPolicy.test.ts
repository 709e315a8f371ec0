import { expect, test } from "vitest";
import { allowOwnFiles } from "../../../local/inspector/contentSecurityPolicy.ts";

test.each([
  [
    "default-src 'none'; style-src 'self'",
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'",
  ],
  ["script-src 'none'", "script-src 'self'"],
  [
    "default-src 'self' https://cdn.example; img-src *",
    "default-src 'self' https://cdn.example; img-src *; script-src 'self' https://cdn.example; style-src 'self' https://cdn.example; connect-src 'self' https://cdn.example",
  ],
  ["script-src 'nonce-abc'", "script-src 'nonce-abc' 'self'"],
  ["frame-ancestors 'none'", "frame-ancestors 'none'"],
  ["", ""],
])("a page with the policy %j may load the inspector after the change", (policy, expected) => {
  expect(allowOwnFiles(policy).replace(/^; /, "")).toBe(expected);
});
