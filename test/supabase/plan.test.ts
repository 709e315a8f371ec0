import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explain } from "../../bench/measure/plan.ts";
import { fill, OURS } from "../../bench/measure/tables.ts";
import { userId } from "../../bench/measure/users.ts";
import { connect, useStack } from "./support/stack.ts";

const ROWS = 1_000_000;
const FILL_LIMIT_MS = 60_000;
const MOST_PAGES = 4;
// Each new connection reads the first page of both indexes once. The pool has ten connections.
const OPENING_PAGES = 20;

const someIds = Array.from({ length: 50 }, (_, index) => userId(1 + ((index * 104_729) % ROWS)));

describe("the lookup among 1,000,000 profiles", () => {
  const stack = useStack({ seed: false });
  let workflow: Client;

  beforeAll(async () => {
    await fill(stack.owner, OURS, { from: 1, to: ROWS });
    await stack.owner.query("grant kinde_workflow to postgres");
    workflow = await connect(stack.supabase.databaseUrl);
    await workflow.query("set role kinde_workflow");
  }, FILL_LIMIT_MS);
  afterAll(() => workflow?.end());

  const lookup = (id: string) =>
    `select kinde_id, lifetime_subscriber, profile_complete from public.profiles where kinde_id = '${id}' limit 2`;

  test("is an index scan of at most four pages, as kinde_workflow with row-level security", async () => {
    const { rows } = await workflow.query(
      "select current_user, row_security_active('public.profiles') as secured",
    );
    expect(rows).toEqual([{ current_user: "kinde_workflow", secured: true }]);
    for (const id of someIds) {
      const { pages, steps } = await explain(workflow, lookup(id));
      expect(steps).toBe("Limit > Index Scan");
      expect(pages).toBeLessThanOrEqual(MOST_PAGES);
    }
  });

  test("reads no more pages for an unknown id", async () => {
    const { pages, steps } = await explain(workflow, lookup("kp_nobody"));
    expect(steps).toBe("Limit > Index Scan");
    expect(pages).toBeLessThanOrEqual(MOST_PAGES);
  });

  test("reads as few pages when PostgREST sends the query", async () => {
    // The number of pages of the table and its indexes that the server has counted so far.
    const touched = async () => {
      // This connection filled the table. Without this, it may report those pages 10 seconds later.
      await stack.owner.query("select pg_stat_force_next_flush()");
      const { rows } = await stack.owner.query(
        `select pg_stat_clear_snapshot(), heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read as pages
         from pg_statio_user_tables where relid = 'public.profiles'::regclass`,
      );
      return Number(rows[0].pages);
    };
    // A server process reports its counts when it ends, at the latest.
    const settled = async () => {
      await stack.supabase.postgrest.stop();
      await new Promise((resolve) => setTimeout(resolve, 200));
      const pages = await touched();
      await stack.supabase.postgrest.start();
      return pages;
    };
    const before = await settled();
    for (const id of someIds) {
      const path = `/rest/v1/profiles?kinde_id=eq.${id}&select=kinde_id,lifetime_subscriber,profile_complete&limit=2`;
      const response = await fetch(stack.supabase.url + path, {
        headers: { apikey: stack.supabase.workflowKey },
      });
      expect(await response.json()).toHaveLength(1);
    }
    const pages = (await settled()) - before;
    expect(pages).toBeGreaterThan(0);
    expect(pages).toBeLessThanOrEqual(MOST_PAGES * someIds.length + OPENING_PAGES);
  });

  test("is an equally short index scan if a user reads their own row under the policies", async () => {
    const client = await connect(stack.supabase.databaseUrl);
    await client.query(`begin; set local role authenticated`);
    await client.query(`set local request.jwt.claims = '{"sub": "${userId(7)}"}'`);
    const { pages, steps } = await explain(client, "select * from public.profiles");
    await client.query("rollback");
    await client.end();
    // The policy finds the row by the index: its subselect is evaluated once.
    expect(steps).toContain("Index Scan");
    expect(pages).toBeLessThanOrEqual(MOST_PAGES);
  });
});
