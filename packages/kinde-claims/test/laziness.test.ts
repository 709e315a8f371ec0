import { expect, test, vi } from "vitest";
import {
  createManagementClient,
  createMemoryDeliveries,
  createVerifier,
  createWebhookHandler,
  defineClaims,
} from "../src/index.ts";
import { createRelay } from "../src/relay/index.ts";
import { createSupabaseDeliveries, createSupabaseQueue } from "../src/supabase/index.ts";

test("no request is sent, no timer starts and no option is checked while a module loads", () => {
  const request = vi.spyOn(globalThis, "fetch");
  const timer = vi.spyOn(globalThis, "setTimeout");
  // The calls in an app's module, during a build without environment variables.
  const missing = process.env.KINDE_CLAIMS_TEST_IS_NOT_SET as string;
  createVerifier({ issuer: missing, audience: missing, claims: defineClaims({ member: false }) });
  const management = createManagementClient({
    domain: missing,
    clientId: missing,
    clientSecret: missing,
  });
  const supabase = { url: missing, secretKey: missing };
  createSupabaseDeliveries(supabase);
  createRelay({
    queue: createSupabaseQueue(supabase),
    refreshClaims: management.refreshClaims,
  });
  createWebhookHandler({
    issuer: missing,
    deliveries: createMemoryDeliveries(),
    onUserCreated: () => undefined,
    onUserDeleted: () => undefined,
  });
  expect(request).not.toHaveBeenCalled();
  expect(timer).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
