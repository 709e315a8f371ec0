import { describe, expect, test } from "vitest";
import { markedBlock } from "../support/markedBlock.ts";
import { useStack } from "./support/stack.ts";

const stack = useStack();

const claimsOf = async (apikey: string) => {
  const select = "select=kinde_id,lifetime_subscriber,profile_complete";
  const response = await fetch(`${stack.supabase.url}/rest/v1/profiles?${select}&order=kinde_id`, {
    headers: { apikey },
  });
  return (await response.json()) as { profile_complete: boolean }[];
};

describe.each(["another column", "another column, PostgreSQL 15"])(
  "the README's migration for %s",
  (title) => {
    test("makes every profile incomplete until the new column is filled in, and the workflow still reads the rows", async () => {
      await stack.owner.query(markedBlock("supabase/README.md", title));
      const claims = await claimsOf(stack.supabase.workflowKey);
      expect(claims).toHaveLength(5);
      expect(claims.some(({ profile_complete }) => profile_complete)).toBe(false);
    });

    test("lets a user fill in the new column", async () => {
      const sub = "kp_7b1e9a3c4d5f40628e9f1a2b3c4d5e02";
      const token = await stack.supabase.mintJwt({ role: "authenticated", sub });
      const save = async (phone: string | null) => {
        const response = await fetch(`${stack.supabase.url}/rest/v1/profiles?kinde_id=eq.${sub}`, {
          method: "PATCH",
          headers: {
            apikey: stack.supabase.publishableKey,
            authorization: `Bearer ${token}`,
            "content-type": "application/json",
            prefer: "return=representation",
          },
          body: JSON.stringify({ phone }),
        });
        return (await response.json()) as unknown;
      };
      // PostgREST learns of a new column a moment later.
      const saved = expect.poll(() => save("+1 555 0100"), { timeout: 5000 });
      await saved.toMatchObject([{ profile_complete: true }]);
      expect(await save(null)).toMatchObject([{ profile_complete: false }]);
    });
  },
);
