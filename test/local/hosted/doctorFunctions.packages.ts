import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type DoctorWorld, startDoctorWorld } from "./support/doctorWorld.ts";
import { createExaminer } from "./support/examiner.ts";

const USER = "kp_0000000000000000000000000000d0c7";
/** The jobs run every 10 seconds. */
const ONE_SWEEP = { timeout: 40_000, interval: 500 };

let world: DoctorWorld;
const { check, expectFailure, sqlEditor, superuser, said } = createExaminer(() => world);
const secrets = () => world.supabase.project.secrets;
const functions = () => world.supabase.project.functions;

beforeAll(async () => {
  world = await startDoctorWorld();
});
afterAll(() => world?.stop());

/** Puts a message into the queue, and hides it from relays for an hour. */
const SEND = `select pgmq.send('claim_changes', '{"kinde_id": "${USER}"}', 3600)`;
const EMPTY = "delete from pgmq.q_claim_changes; delete from pgmq.a_claim_changes";

describe("the queue", () => {
  test("SUPABASE_QUEUE: the queue was dropped", () =>
    expectFailure("SUPABASE_QUEUE", {
      seen: "there is no queue claim_changes",
      break: () => sqlEditor("select pgmq.drop_queue('claim_changes')"),
      mend: () => sqlEditor("select private.set_up_claim_changes()"),
    }));

  test("SUPABASE_TABLES: the cure creates the queue again", () =>
    expectFailure("SUPABASE_TABLES", {
      seen: "missing: pgmq.a_claim_changes, pgmq.q_claim_changes",
      break: () => sqlEditor("select pgmq.drop_queue('claim_changes')"),
      mend: (cure) => sqlEditor(/SQL editor: (.*?);/.exec(cure)?.[1] ?? cure),
    }));

  test("SUPABASE_QUEUE_WAITING: a message waits for 10 minutes", () =>
    expectFailure("SUPABASE_QUEUE_WAITING", {
      seen: "1, the oldest for 10 min",
      break: () =>
        sqlEditor(
          `${SEND}; update pgmq.q_claim_changes set enqueued_at = now() - interval '10 minutes'`,
        ),
      mend: () => sqlEditor(EMPTY),
    }));

  test("a message that waits for a moment is not a problem", async () => {
    await sqlEditor(SEND);
    const result = await check("SUPABASE_QUEUE_WAITING");
    await sqlEditor(EMPTY);
    expect(result).toMatchObject({ status: "ok", seen: expect.stringMatching(/^1, the oldest/) });
  });

  test("SUPABASE_QUEUE_DEAD: the cure puts the message into the queue again", async () => {
    await expectFailure("SUPABASE_QUEUE_DEAD", {
      status: "warning",
      seen: /^1, the first \d s ago$/,
      break: () =>
        sqlEditor(
          `${SEND}; select pgmq.archive('claim_changes', msg_id) from pgmq.q_claim_changes`,
        ),
      mend: (cure) => sqlEditor(/SQL editor: (.*?);/.exec(cure)?.[1] ?? cure),
    });
    // The relay may have taken it by now.
    await sqlEditor(EMPTY);
  });
});

describe("the sweep", () => {
  test("SUPABASE_SWEEP: the job was deleted", () =>
    expectFailure("SUPABASE_SWEEP", {
      seen: "there is no such job",
      break: () => sqlEditor("select cron.unschedule('sweep_claim_changes')"),
      mend: () => sqlEditor("select private.set_up_claim_changes()"),
    }));

  test("SUPABASE_SWEEP: the job is switched off", () =>
    expectFailure("SUPABASE_SWEEP", {
      seen: "it is switched off",
      break: () => superuser("update cron.job set active = false"),
      mend: () => superuser("update cron.job set active = true"),
    }));

  test("SUPABASE_SWEEP_RUN: the last run failed", async () => {
    const statement = (text: string) =>
      superuser(`update cron.job set command = '${text}' where jobname = 'sweep_claim_changes'`);
    await statement("select 1 / 0");
    await vi.waitFor(async () => {
      expect(await check("SUPABASE_SWEEP_RUN")).toMatchObject({
        status: "failed",
        seen: expect.stringMatching(/^it failed \d+ s ago: .*division by zero$/),
      });
    }, ONE_SWEEP);
    await statement("select private.sweep_claim_changes()");
    await vi.waitFor(async () => {
      expect(await check("SUPABASE_SWEEP_RUN")).toMatchObject({ status: "ok" });
    }, ONE_SWEEP);
  });

  test("SUPABASE_SWEEP_RUN: the job stopped running", () =>
    expectFailure("SUPABASE_SWEEP_RUN", {
      seen: "it succeeded 60 min ago, and has not run since",
      break: () =>
        superuser("update cron.job_run_details set start_time = start_time - interval '1 hour'"),
      mend: () =>
        superuser("update cron.job_run_details set start_time = start_time + interval '1 hour'"),
    }));

  test("SUPABASE_SWEEP_RUN: no run is recorded", () =>
    expectFailure("SUPABASE_SWEEP_RUN", {
      status: "warning",
      seen: "no run is recorded",
      break: () => superuser("alter table cron.job_run_details rename to runs"),
      mend: () => superuser("alter table cron.runs rename to job_run_details"),
    }));
});

describe("the wake-up", () => {
  const setSecret = (name: string, value: string) =>
    superuser(`update vault.secrets set secret = '${value}' where name = '${name}'`);
  const secret = () => secrets().get("REFRESH_CLAIMS_SECRET") ?? "";
  const url = () => `${world.local.url}/functions/v1/refresh-claims`;

  test("SUPABASE_VAULT: an entry is missing", () =>
    expectFailure("SUPABASE_VAULT", {
      seen: "missing: refresh_claims_url",
      break: () => sqlEditor("delete from vault.secrets where name = 'refresh_claims_url'"),
      mend: () => sqlEditor(`select vault.create_secret('${url()}', 'refresh_claims_url')`),
    }));

  test("SUPABASE_VAULT: the address is of another project", () =>
    expectFailure("SUPABASE_VAULT", {
      seen: "refresh_claims_url is not the address of this project's function",
      break: () => setSecret("refresh_claims_url", "https://other.invalid/refresh-claims"),
      mend: () => setSecret("refresh_claims_url", url()),
    }));

  test("SUPABASE_REFRESH_CLAIMS_SECRET: the function has another secret than the Vault", () =>
    expectFailure("SUPABASE_REFRESH_CLAIMS_SECRET", {
      seen: "401: REFRESH_CLAIMS_SECRET is not the secret of the Vault",
      break: () => setSecret("refresh_claims_secret", "0".repeat(64)),
      mend: () => setSecret("refresh_claims_secret", secret()),
    }));

  test("with messages in the queue, the function is not called", async () => {
    await sqlEditor(SEND);
    const result = await check("SUPABASE_REFRESH_CLAIMS_SECRET");
    await sqlEditor(EMPTY);
    expect(result).toMatchObject({ status: "unknown", seen: expect.stringContaining("not tried") });
  });

  /** Changes a claim, and waits for the answer to the wake-up. */
  const wakeUp = async () => {
    await sqlEditor("delete from net._http_response");
    await sqlEditor(`insert into public.profiles (kinde_id) values ('${USER}')`);
    await vi.waitFor(async () => {
      expect(await sqlEditor("select from net._http_response")).not.toEqual([]);
    }, ONE_SWEEP);
    await sqlEditor("delete from public.profiles");
    await sqlEditor(EMPTY);
  };

  test("SUPABASE_WAKE_UP: the function refuses the secret", () =>
    expectFailure("SUPABASE_WAKE_UP", {
      seen: /^401, \d s ago: the function refused the secret of the Vault$/,
      break: async () => {
        await setSecret("refresh_claims_secret", "0".repeat(64));
        await wakeUp();
      },
      mend: async () => {
        await setSecret("refresh_claims_secret", secret());
        await wakeUp();
      },
    }));

  test("SUPABASE_WAKE_UP: the function does not exist", () =>
    expectFailure("SUPABASE_WAKE_UP", {
      seen: /^404, \d s ago: the function was not found$/,
      break: async () => {
        await setSecret("refresh_claims_url", `${url()}-old`);
        await wakeUp();
      },
      mend: async () => {
        await setSecret("refresh_claims_url", url());
        await wakeUp();
      },
    }));
});

describe("the edge functions", () => {
  test("SUPABASE_FUNCTIONS: a function is not deployed", () => {
    const taken: ReturnType<typeof functions> = [];
    return expectFailure("SUPABASE_FUNCTIONS", {
      seen: /^not deployed: (kinde-webhook|refresh-claims)$/,
      break: () => void taken.push(...functions().splice(0, 1)),
      mend: () => void functions().unshift(...taken),
    });
  });

  test("SUPABASE_FUNCTIONS: verify_jwt is on", () =>
    expectFailure("SUPABASE_FUNCTIONS", {
      seen: "has verify_jwt on, unlike config.toml",
      break: () => void Object.assign(functions()[0] ?? {}, { verify_jwt: true }),
      mend: () => void Object.assign(functions()[0] ?? {}, { verify_jwt: false }),
    }));

  test("SUPABASE_FUNCTIONS: a function is not active", () =>
    expectFailure("SUPABASE_FUNCTIONS", {
      seen: "is THROTTLED",
      break: () => void Object.assign(functions()[0] ?? {}, { status: "THROTTLED" }),
      mend: () => void Object.assign(functions()[0] ?? {}, { status: "ACTIVE" }),
    }));

  const changedSecret = (name: string, value: string | undefined) => {
    let before = "";
    return {
      break: () => {
        before = secrets().get(name) ?? "";
        if (value === undefined) secrets().delete(name);
        else secrets().set(name, value);
      },
      mend: () => void secrets().set(name, before),
    };
  };

  test("SUPABASE_FUNCTION_SOURCES: the sources changed since the deployment", () =>
    expectFailure("SUPABASE_FUNCTION_SOURCES", {
      seen: "they changed since the last deployment",
      ...changedSecret("FUNCTIONS_SOURCES_SHA256", "0".repeat(64)),
    }));

  test("SUPABASE_FUNCTION_SECRETS: a secret is missing", () =>
    expectFailure("SUPABASE_FUNCTION_SECRETS", {
      seen: "missing: KINDE_M2M_CLIENT_SECRET",
      ...changedSecret("KINDE_M2M_CLIENT_SECRET", undefined),
    }));

  test("SUPABASE_FUNCTION_SECRETS: a secret is old", () =>
    expectFailure("SUPABASE_FUNCTION_SECRETS", {
      seen: "another value: REFRESH_CLAIMS_SECRET",
      ...changedSecret("REFRESH_CLAIMS_SECRET", "1".repeat(64)),
    }));

  /** Serves the functions with another setting, and then as before. */
  const servedWith = (name: string, value: string) => {
    const change = changedSecret(name, value);
    const restart = async (step: () => void) => {
      await world.functions.stop();
      step();
      await world.functions.start();
    };
    return { break: () => restart(change.break), mend: () => restart(change.mend) };
  };

  test("SUPABASE_REFRESH_CLAIMS: the function lacks a setting", () =>
    expectFailure("SUPABASE_REFRESH_CLAIMS", {
      seen: "500: it lacks a setting, which its log names",
      ...servedWith("REFRESH_CLAIMS_SECRET", ""),
    }));

  test("SUPABASE_REFRESH_CLAIMS: the function does not run", () =>
    expectFailure("SUPABASE_REFRESH_CLAIMS", {
      seen: /^502/,
      break: () => world.functions.stop(),
      mend: () => world.functions.start(),
    }));

  test("SUPABASE_KINDE_WEBHOOK: the function does not run", () =>
    expectFailure("SUPABASE_KINDE_WEBHOOK", {
      seen: /^502/,
      break: () => world.functions.stop(),
      mend: () => world.functions.start(),
    }));

  test("SUPABASE_KINDE_WEBHOOK: the function cannot fetch Kinde's keys", () =>
    expectFailure("SUPABASE_KINDE_WEBHOOK", {
      seen: "503: the function does not get Kinde's keys",
      ...servedWith("KINDE_DOMAIN", "http://127.0.0.1:9"),
    }));
});

test("the fake understood every request", () => {
  expect(world.supabase.problems).toEqual([]);
});

test("the doctor printed no secret", () => {
  const text = JSON.stringify(said);
  const { secretKey, workflowKey } = world.local;
  for (const name of ["REFRESH_CLAIMS_SECRET", "KINDE_M2M_CLIENT_SECRET"]) {
    expect(text).not.toContain(secrets().get(name));
  }
  for (const key of [secretKey, workflowKey]) expect(text).not.toContain(key);
});
