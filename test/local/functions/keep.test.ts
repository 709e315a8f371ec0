import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { UsageError } from "../../../local/command/errors.ts";
import { relayChanges } from "../../../local/start/relayChanges.ts";
import type { LocalSupabase } from "../../../local/supabase/index.ts";

/** How `npm start -- --keep` relays claim changes. */
let printed = "";
beforeEach(() => {
  printed = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

/** These tests serve no functions, so they use no part of the stack. */
const supabase = {} as LocalSupabase;
const MACHINE = { KINDE_M2M_CLIENT_ID: "id", KINDE_M2M_CLIENT_SECRET: "s3cret" };

test("without a Kinde it does not relay, and says in one line what to set", async () => {
  expect(await relayChanges(supabase, MACHINE)).toBeUndefined();
  expect(printed).toBe(
    "Changes of claims stay in the queue. To relay them to Kinde, set KINDE_DOMAIN, KINDE_M2M_CLIENT_ID, KINDE_M2M_CLIENT_SECRET, or use npm run app.\n",
  );
});

test("a Kinde domain that is not an origin is a usage error", async () => {
  const variables = { ...MACHINE, KINDE_DOMAIN: "example.kinde.com" };
  const relaying = relayChanges(supabase, variables);
  await expect(relaying).rejects.toThrow(UsageError);
  await expect(relaying).rejects.not.toThrow("s3cret");
});
