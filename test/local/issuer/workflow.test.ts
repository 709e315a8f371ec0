import { join } from "node:path";
import { createKinde, type Kinde } from "kinde-local";
import { afterEach, expect, test } from "vitest";
import { CALLBACK, createSdkUser, HOME, type SdkUser } from "../../../local/demo/sdkUser.ts";
import { type LocalKinde, startIssuer, workflowOf } from "../../../local/issuer/index.ts";

const ADA = "kp_5d0c8b6f2f4e4c7a9b1e3d5f7a8c9e01";

let kinde: LocalKinde;
let runtime: Kinde;
afterEach(() => Promise.all([kinde.stop(), runtime.close()]));

/** Starts a Kinde that runs a fixture's workflow in the real runtime. */
async function userOf(fixture: string): Promise<SdkUser> {
  runtime = createKinde({ project: join(import.meta.dirname, "fixtures", fixture) });
  kinde = await startIssuer({
    workflow: workflowOf(runtime),
    redirectUris: [CALLBACK],
    logoutUris: [HOME],
    users: [{ id: ADA, email: "ada@example.com", givenName: "Ada", familyName: "Lovelace" }],
  });
  return createSdkUser(kinde);
}

test("denyAccess ends the sign-in with the workflow's reason", async () => {
  const { signIn, items } = await userOf("denied");
  await expect(signIn(ADA)).rejects.toThrow("Your account is suspended");
  expect(items.has("access_token")).toBe(false);
});

test("failurePolicy stop: a workflow that throws ends the sign-in, and its error is not shown", async () => {
  const { signIn } = await userOf("stopped");
  const error = await signIn(ADA).catch((caught) => caught);
  expect(error.message).toMatch(/failure policy is to stop/);
  expect(error.message).not.toContain("a secret of the workflow");
});

test("failurePolicy continue: the token is issued with the claims set before the error", async () => {
  const { signIn, accessToken, idToken } = await userOf("continued");
  await signIn(ADA);
  expect(accessToken().safe).toBe(false);
  expect(idToken().seen).toBe(true);
});
