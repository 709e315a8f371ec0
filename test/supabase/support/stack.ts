import { Client } from "pg";
import { afterAll, beforeAll } from "vitest";
import {
  type LocalSupabase,
  type StartOptions,
  startSupabase,
} from "../../../local/supabase/index.ts";

/** A stack for the tests of one file, and connections to its database. */
export interface TestStack {
  readonly supabase: LocalSupabase;
  /** As `postgres`, the owner of the tables. */
  readonly owner: Client;
  /** As the superuser, for statements that the owner may not run. */
  readonly superuser: Client;
}

/** Starts a stack before the tests of the file or block, and stops it after them. */
export function useStack(options: StartOptions = {}): TestStack {
  let supabase: LocalSupabase | undefined;
  let owner: Client | undefined;
  let superuser: Client | undefined;
  beforeAll(async () => {
    supabase = await startSupabase(options);
    owner = await connect(supabase.databaseUrl);
    superuser = await connect(supabase.superuserUrl);
  });
  afterAll(async () => {
    await Promise.all([owner?.end(), superuser?.end()]);
    await supabase?.stop();
  });
  return {
    get supabase() {
      return started(supabase);
    },
    get owner() {
      return started(owner);
    },
    get superuser() {
      return started(superuser);
    },
  };
}

export async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5000 });
  // Some tests stop the database. The error of the query reports that, too.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

function started<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The stack exists only in tests and hooks.");
  return value;
}
