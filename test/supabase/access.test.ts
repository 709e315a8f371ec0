import { describe, expect, test } from "vitest";
import { headersOf, IDS, type Row, readAccessCases, tryAccess } from "./support/access.ts";
import { useKindeTokens } from "./support/kindeTokens.ts";
import { useStack } from "./support/stack.ts";

const cases = readAccessCases();
/** PostgREST answers these in a read-only transaction, so the rows do not change. */
const READS = new Set(["select", "filter", "order", "schema"]);

test("the matrix has at least eighty cells, and every cell is filled", () => {
  const cells = cases.flatMap(({ expected }) => Object.values(expected));
  expect(cells.length).toBeGreaterThanOrEqual(80);
  expect(cells.filter((cell) => !/^\d{3} \S+$/.test(cell))).toEqual([]);
});

describe.each(["explicit", "legacy"] as const)(
  "in a project whose default grants are %s",
  (regime) => {
    const stack = useStack({ seed: false, defaultPrivileges: regime });
    const kinde = useKindeTokens(stack, [IDS.own, IDS.new]);

    const reset = (row: Row) =>
      stack.owner.query(
        `delete from public.profiles; delete from private.webhook_deliveries; delete from private.deleted_users;
       delete from pgmq.q_claim_changes;
       insert into public.profiles (kinde_id, full_name) values ('${IDS.own}', 'Own'), ('${IDS.other}', 'Other')
       ${row === "uuid" ? `, ('${IDS.uuid}', 'Sign-up')` : ""}`,
      );

    test.each(cases)("$name", async (access) => {
      const actual: Record<string, string> = {};
      const isRead = READS.has(access.operation);
      for (const [index, role] of Object.keys(access.expected).entries()) {
        if (index === 0 || !isRead) await reset(access.row);
        const headers = await headersOf(role, access.row, stack.supabase, kinde.tokenOf);
        actual[role] = await tryAccess(access, headers, stack.supabase.url);
      }
      expect(actual).toEqual(access.expected);
    });
  },
);
