import { createServer, type Server } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { listen } from "../../local/http/listen.ts";
import { LocalStackError, startSupabase } from "../../local/supabase/index.ts";
import { connect } from "./support/stack.ts";

async function failure(start: Promise<unknown>): Promise<LocalStackError> {
  const error = await start.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LocalStackError);
  return error as LocalStackError;
}

describe("a stack that starts", () => {
  // This tests the creation, so the database is not copied from another test.
  beforeEach(() => vi.stubEnv("LOCAL_SUPABASE_CACHE", ""));
  afterEach(() => vi.unstubAllEnvs());

  test("serves the seed, reports its progress, and can be stopped twice", async () => {
    const progress: string[] = [];
    const supabase = await startSupabase({ onProgress: (text) => progress.push(text) });
    const response = await fetch(`${supabase.url}/rest/v1/profiles?select=kinde_id`, {
      headers: { apikey: supabase.workflowKey },
    });
    expect(await response.json()).toHaveLength(5);
    expect(progress).toHaveLength(3);
    await supabase.stop();
    await supabase.stop();
    await expect(fetch(supabase.url)).rejects.toThrow();
    await expect(connect(supabase.databaseUrl)).rejects.toThrow();
  });

  test("stops starting when the signal is aborted", async () => {
    const controller = new AbortController();
    const start = startSupabase({
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(start).rejects.toThrow("enough");
  });
});

describe("a port that is in use", () => {
  let squatter: Server | undefined;
  const takePort = () => {
    squatter = createServer();
    return listen(squatter);
  };
  afterEach(() => squatter?.close());

  test.each([
    ["port", "gateway"],
    ["databasePort", "PostgreSQL"],
  ] as const)("given as %s is named in one sentence by the %s", async (option, part) => {
    const port = await takePort();
    const error = await failure(startSupabase({ [option]: port }));
    expect(error.part).toBe(part);
    expect(error.message).toContain(`port ${port} on 127.0.0.1 is already in use`);
  });
});

describe("a PostgREST program that does not work", () => {
  afterEach(() => vi.unstubAllEnvs());

  test.each([
    ["does not exist", "/nowhere/postgrest", "is not there"],
    ["is not a program", fileURLToPath(import.meta.url), "may not be executed"],
    ["ends at once", "/bin/false", "it ended (1) before it was ready"],
  ])("and %s is named, with POSTGREST_BIN as the reason", async (_, file, reason) => {
    vi.stubEnv("POSTGREST_BIN", file);
    const error = await failure(startSupabase({ migrate: false }));
    expect(error.part).toBe("PostgREST");
    expect(error.message).toContain(reason);
    expect(error.message).toContain("POSTGREST_BIN");
  });
});
