import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { close, listen } from "../../../local/http/listen.ts";
import { type DoctorWorld, startDoctorWorld } from "./support/doctorWorld.ts";
import { createExaminer } from "./support/examiner.ts";

/** The jobs run every 10 seconds. */
const ONE_SWEEP = { timeout: 40_000, interval: 500 };

let world: DoctorWorld;
const { check, checkAll, expectFailure, sqlEditor, said } = createExaminer(() => world);
const project = () => world.supabase.project;
const keyOfWorkflow = () => {
  const key = project().apiKeys.find(({ name }) => name === "kinde_workflow");
  if (key === undefined) throw new Error("the set-up made no key");
  return key;
};
/** Returns a function that changes properties of an object, and one that changes them back. */
function exchange<Target extends object>(target: () => Target, changes: Partial<Target>) {
  let mend = () => undefined;
  return {
    break: () => {
      const changed = target();
      const before = { ...changed };
      mend = () => void Object.assign(changed, before);
      Object.assign(changed, changes);
    },
    mend: () => mend(),
  };
}

beforeAll(async () => {
  world = await startDoctorWorld();
});
afterAll(() => world?.stop());

test("finds nothing wrong after the set-up", async () => {
  await vi.waitFor(async () => {
    expect(await check("SUPABASE_SWEEP_RUN")).toMatchObject({ status: "ok" });
  }, ONE_SWEEP);
  const results = await checkAll(world.validSettings);
  const notOk = results.filter(({ status }) => status !== "ok" && status !== "leftOut");
  expect(notOk.map(({ check, status, seen }) => [check.code, status, seen])).toEqual([]);
});

/**
 * While a grant differs, the sweep of the queue may rewrite the trigger for other claims. This
 * rewrites it for the repaired grant.
 */
const FOLLOW_CLAIMS = "select private.follow_claim_columns()";

describe("the project and its address", () => {
  test("SUPABASE_ACCESS: the access token is wrong", () =>
    expectFailure("SUPABASE_ACCESS", {
      seen: /it answered 401 \(Unauthorized\)$/,
      settings: { SUPABASE_ACCESS_TOKEN: `sbp_${"0".repeat(40)}` },
    }));

  test("SUPABASE_PAUSED: the project is paused", () =>
    expectFailure("SUPABASE_PAUSED", {
      seen: "example is INACTIVE",
      ...exchange(project, { status: "INACTIVE" }),
    }));

  test("a paused project stops all other checks", async () => {
    project().status = "INACTIVE";
    const results = await checkAll(world.validSettings);
    project().status = "ACTIVE_HEALTHY";
    const notBlocked = results
      .filter(({ status }) => status !== "blocked")
      .map(({ check }) => check.code);
    expect(notBlocked).toEqual(["SUPABASE_ACCESS", "SUPABASE_PAUSED"]);
  });

  test("SUPABASE_UNREACHABLE: the host does not exist", () =>
    expectFailure("SUPABASE_UNREACHABLE", {
      seen: /^doctor\.invalid has no address in DNS/,
      settings: { SUPABASE_URL: "https://doctor.invalid" },
    }));

  test("SUPABASE_UNREACHABLE: nothing listens", () =>
    expectFailure("SUPABASE_UNREACHABLE", {
      seen: "127.0.0.1:9 refuses the connection (ECONNREFUSED)",
      settings: { SUPABASE_URL: "http://127.0.0.1:9" },
    }));
});

describe("the Data API", () => {
  test("SUPABASE_EXPOSED_SCHEMAS: the schema public is not exposed", () =>
    expectFailure("SUPABASE_EXPOSED_SCHEMAS", {
      seen: "only graphql_public exposed, without public",
      ...exchange(() => project().dataApi, { db_schema: "graphql_public" }),
    }));

  test("SUPABASE_DATA_API: PostgREST does not answer", () =>
    expectFailure("SUPABASE_DATA_API", {
      seen: "it answers 502",
      break: () => world.local.postgrest.stop(),
      mend: () => world.local.postgrest.start(),
    }));

  test("SUPABASE_DATA_API: PostgREST does not know the table", () =>
    expectFailure("SUPABASE_DATA_API", {
      seen: /^it answers 404 \((42P01|PGRST205)\): it does not know public.profiles$/,
      break: () => sqlEditor("alter table public.profiles rename to people"),
      mend: () => sqlEditor("alter table public.people rename to profiles"),
    }));

  test("SUPABASE_DATA_API: another server answers at this address", async () => {
    const server = createServer((_, response) => response.writeHead(404).end());
    const port = await listen(server);
    await expectFailure("SUPABASE_DATA_API", {
      seen: "it answers 404",
      settings: { SUPABASE_URL: `http://127.0.0.1:${port}` },
      mend: () => close(server),
    });
  });

  test("when the address is wrong, the checks that need it are skipped", async () => {
    const settings = { ...world.validSettings, SUPABASE_URL: "http://127.0.0.1:9" };
    const results = await checkAll(settings);
    const of = (code: string) => results.find(({ check }) => check.code === code);
    expect(of("SUPABASE_KEY_READS")).toMatchObject({ status: "blocked" });
    expect(of("SUPABASE_REFRESH_CLAIMS")).toMatchObject({ seen: "first fix SUPABASE_UNREACHABLE" });
    expect(of("SUPABASE_RLS")).toMatchObject({ status: "ok" });
  });
});

describe("the workflow's key", () => {
  test("SUPABASE_WORKFLOW_KEY: the key is missing", () =>
    expectFailure("SUPABASE_WORKFLOW_KEY", {
      seen: "there is no such key",
      ...exchange(keyOfWorkflow, { name: "old", secret_jwt_template: { role: "service_role" } }),
    }));

  test("SUPABASE_WORKFLOW_KEY: the key of this name has another role", () =>
    expectFailure("SUPABASE_WORKFLOW_KEY", {
      seen: "the secret key kinde_workflow has another role",
      ...exchange(keyOfWorkflow, { secret_jwt_template: { role: "service_role" } }),
    }));

  test("SUPABASE_KEY_READS: the key was deleted", () =>
    expectFailure("SUPABASE_KEY_READS", {
      seen: "answers 401: the key was deleted",
      settings: { SUPABASE_SECRET_KEY: `sb_secret_${"0".repeat(22)}_${"0".repeat(8)}` },
    }));

  test("SUPABASE_KEY_READS: the role of the key may not read", () =>
    expectFailure("SUPABASE_KEY_READS", {
      seen: "answers 403 (42501): its role may not read the columns",
      break: () =>
        sqlEditor("revoke select (lifetime_subscriber) on public.profiles from kinde_workflow"),
      mend: () =>
        sqlEditor(
          `grant select (lifetime_subscriber) on public.profiles to kinde_workflow; ${FOLLOW_CLAIMS}`,
        ),
    }));

  test("SUPABASE_KEY_RIGHTS: the key is that of the back office", () =>
    expectFailure("SUPABASE_KEY_RIGHTS", {
      seen: /^it may also read company, .*change lifetime_subscriber, .*create rows, delete rows, call pending_claim_changes, call is_user_deleted$/,
      settings: { SUPABASE_SECRET_KEY: world.local.secretKey },
    }));

  test("SUPABASE_KEY_RIGHTS: the role of the key has more rights", () =>
    expectFailure("SUPABASE_KEY_RIGHTS", {
      seen: /^it may also read full_name, change lifetime_subscriber, read public\.invoices, call public\.count_invoices$/,
      break: () =>
        // A generated column is computed with the rights of the role that changes the row.
        sqlEditor(`grant select (full_name), update (lifetime_subscriber) on public.profiles to kinde_workflow;
          grant execute on function private.has_text(text), private.blank_characters() to kinde_workflow;
          create table public.invoices (id int);
          grant select on public.invoices to kinde_workflow;
          create function public.count_invoices() returns int language sql return 1;
          grant execute on function public.count_invoices() to public`),
      mend: () =>
        sqlEditor(`revoke select (full_name), update (lifetime_subscriber) on public.profiles from kinde_workflow;
          revoke execute on function private.has_text(text), private.blank_characters() from kinde_workflow;
          drop table public.invoices; drop function public.count_invoices(); ${FOLLOW_CLAIMS}`),
    }));

  test("the attempts change nothing, even with the key of the back office", async () => {
    const state = "select * from public.profiles order by id";
    await sqlEditor("insert into public.profiles (kinde_id) values ('kp_attempts')");
    const before = await sqlEditor(state);
    await check("SUPABASE_KEY_RIGHTS", { SUPABASE_SECRET_KEY: world.local.secretKey });
    expect(await sqlEditor(state)).toEqual(before);
  });
});

describe("visitors", () => {
  beforeAll(() => sqlEditor("insert into public.profiles (kinde_id) values ('kp_visitors')"));

  test("SUPABASE_ANON_READS: a row is returned", () =>
    expectFailure("SUPABASE_ANON_READS", {
      seen: "it returned a row",
      break: () =>
        sqlEditor(`grant select on public.profiles to anon;
          create policy "everybody reads" on public.profiles for select using (true)`),
      mend: (cure) =>
        sqlEditor(`drop policy "everybody reads" on public.profiles; ${statementsIn(cure)}`),
    }));

  test("SUPABASE_ANON_READS: the right exists, but a policy hides the rows", () =>
    expectFailure("SUPABASE_ANON_READS", {
      status: "warning",
      seen: "it may read the table, but got no row",
      break: () => sqlEditor("grant select on public.profiles to anon"),
      mend: (cure) => sqlEditor(statementsIn(cure)),
    }));

  test("SUPABASE_ANON_WRITES: the role anon may write", () =>
    expectFailure("SUPABASE_ANON_WRITES", {
      seen: /^the role anon may change lifetime_subscriber, create rows, delete rows$/,
      break: () =>
        sqlEditor(`grant select (kinde_id), update (lifetime_subscriber), insert (kinde_id), delete on public.profiles to anon;
          grant execute on function private.has_text(text), private.blank_characters() to anon`),
      mend: (cure) =>
        sqlEditor(`${statementsIn(cure)};
          revoke execute on function private.has_text(text), private.blank_characters() from anon`),
    }));
});

describe("Supabase's advisor", () => {
  const lint = (name: string, level: string) => ({
    ...{ name, level, title: name, facing: "EXTERNAL", categories: ["SECURITY"] },
    ...{ description: "", detail: "", remediation: "", cache_key: name },
    metadata: { schema: "public", name: "profiles", type: "table" },
  });

  test("SUPABASE_ADVISORS: an error", () =>
    expectFailure("SUPABASE_ADVISORS", {
      seen: "rls_disabled_in_public on public.profiles",
      ...exchange(project, { lints: [lint("rls_disabled_in_public", "ERROR")] }),
    }));

  test("SUPABASE_ADVISORS: a warning", () =>
    expectFailure("SUPABASE_ADVISORS", {
      status: "warning",
      seen: "function_search_path_mutable on public.profiles",
      ...exchange(project, { lints: [lint("function_search_path_mutable", "WARN")] }),
    }));

  test("the advisor's findings about other tables are ignored", async () => {
    const metadata = { schema: "public", name: "invoices", type: "table" };
    project().lints = [{ ...lint("rls_disabled_in_public", "ERROR"), metadata }];
    const result = await check("SUPABASE_ADVISORS");
    project().lints = [];
    expect(result).toMatchObject({ status: "ok", seen: expect.stringContaining("1 about other") });
  });
});

describe("with some of the settings, the checks run that need no others", () => {
  const left = async (names: readonly string[]) => {
    const { SUPABASE_API_URL, ...all } = world.validSettings;
    const chosen = Object.entries(all).filter(([name]) => names.includes(name));
    const keys = {
      SUPABASE_SECRET_KEY: world.local.workflowKey,
      SUPABASE_PUBLISHABLE_KEY: world.local.publishableKey,
    };
    const extra = Object.entries(keys).filter(([name]) => names.includes(name));
    const results = await checkAll({
      SUPABASE_API_URL,
      ...Object.fromEntries([...chosen, ...extra]),
    });
    expect(results.filter(({ status }) => !["ok", "leftOut"].includes(status))).toEqual([]);
    return {
      done: results.flatMap(({ check, status }) => (status === "ok" ? check.code : [])),
      reasons: new Set(results.flatMap(({ status, seen }) => (status === "leftOut" ? seen : []))),
    };
  };

  test("the URL and the key", async () => {
    const { done, reasons } = await left(["SUPABASE_URL", "SUPABASE_SECRET_KEY"]);
    expect(done).toEqual([
      "SUPABASE_UNREACHABLE",
      "SUPABASE_DATA_API",
      "SUPABASE_KEY_READS",
      "SUPABASE_KEY_RIGHTS",
      "SUPABASE_REFRESH_CLAIMS",
    ]);
    expect(reasons).toContain("needs SUPABASE_ACCESS_TOKEN, SUPABASE_PROJECT_REF");
    expect(reasons).toContain(
      "needs SUPABASE_PUBLISHABLE_KEY, or SUPABASE_ACCESS_TOKEN and SUPABASE_PROJECT_REF",
    );
  });

  test("the URL and the publishable key", async () => {
    const { done } = await left(["SUPABASE_URL", "SUPABASE_PUBLISHABLE_KEY"]);
    expect(done).toContain("SUPABASE_ANON_READS");
    expect(done).toContain("SUPABASE_ANON_WRITES");
  });

  test("the access token", async () => {
    const names = ["SUPABASE_ACCESS_TOKEN", "SUPABASE_PROJECT_REF"];
    const { done, reasons } = await left(names);
    expect(done).toContain("SUPABASE_GRANTS");
    expect(done).toContain("SUPABASE_QUEUE_WAITING");
    expect(reasons).toContain("needs SUPABASE_URL");
  });
});

test("a wrong access token stops only the checks that need it", async () => {
  const settings = { ...world.validSettings, SUPABASE_ACCESS_TOKEN: `sbp_${"0".repeat(40)}` };
  const results = await checkAll({ ...settings, SUPABASE_SECRET_KEY: world.local.workflowKey });
  const failed = results.filter(({ status }) => status === "failed");
  expect(failed.map(({ check }) => check.code)).toEqual(["SUPABASE_ACCESS"]);
  const keyReads = results.find(({ check }) => check.code === "SUPABASE_KEY_READS");
  expect(keyReads).toMatchObject({ status: "ok" });
});

test("the fake understood every request", () => {
  expect(world.supabase.problems).toEqual([]);
});

test("the doctor printed no secret", () => {
  const text = JSON.stringify(said);
  const { secretKey, workflowKey, publishableKey } = world.local;
  const secrets = [
    ...[secretKey, workflowKey, publishableKey, world.supabase.accessToken],
    ...[world.kinde.machine.clientSecret, project().secrets.get("REFRESH_CLAIMS_SECRET")],
  ];
  expect(said.length).toBeGreaterThan(100);
  for (const secret of secrets) expect(text).not.toContain(secret);
});

function statementsIn(cure: string): string {
  return /SQL editor: (.*?);/.exec(cure)?.[1] ?? cure;
}
