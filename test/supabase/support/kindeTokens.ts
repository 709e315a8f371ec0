import { createKinde, type Kinde } from "kinde-local";
import { afterAll, beforeAll } from "vitest";
import { CALLBACK, createSdkUser, HOME, type SdkUser } from "../../../local/demo/sdkUser.ts";
import { type LocalKinde, startIssuer, workflowOf } from "../../../local/issuer/index.ts";
import type { TestStack } from "./stack.ts";

/** A local Kinde whose tokens carry the role claim, trusted by the stack of the file. */
export interface KindeTokens {
  readonly kinde: LocalKinde;
  /** The access token of a user who signed in before the tests. */
  tokenOf(userId: string): string;
  idTokenOf(userId: string): string;
}

const START_LIMIT_MS = 60_000;

/** Starts a Kinde with this repository's workflow before the tests, and signs these users in. */
export function useKindeTokens(stack: TestStack, userIds: readonly string[]): KindeTokens {
  const users = new Map<string, SdkUser>();
  let runtime: Kinde | undefined;
  let kinde: LocalKinde | undefined;
  beforeAll(async () => {
    const { supabase } = stack;
    runtime = createKinde({
      project: import.meta.dirname,
      env: {
        SUPABASE_URL: supabase.url,
        SUPABASE_SECRET_KEY: { value: supabase.workflowKey, isSecret: true },
        SUPABASE_ROLE_CLAIM: "authenticated",
      },
    });
    kinde = await startIssuer({
      workflow: workflowOf(runtime),
      redirectUris: [CALLBACK],
      logoutUris: [HOME],
      users: userIds.map((id) => ({
        id,
        email: `${id}@example.com`,
        givenName: "Test",
        familyName: "User",
      })),
    });
    supabase.trustIssuer(kinde.url);
    for (const id of userIds) {
      const user = createSdkUser(kinde);
      await user.signIn(id);
      users.set(id, user);
    }
  }, START_LIMIT_MS);
  afterAll(async () => {
    await kinde?.stop();
    await runtime?.close();
  });
  const read = (userId: string, name: string) => String(users.get(userId)?.items.get(name));
  return {
    get kinde() {
      if (!kinde) throw new Error("Kinde runs only in tests and hooks.");
      return kinde;
    },
    tokenOf: (userId) => read(userId, "access_token"),
    idTokenOf: (userId) => read(userId, "id_token"),
  };
}
