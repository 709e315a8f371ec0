export { claimsAgree } from "./claims/claimsAgree.ts";
export { defineClaims } from "./claims/defineClaims.ts";
export type {
  ClaimContract,
  ClaimDeclaration,
  Claims,
  ClaimType,
  ClaimValue,
  InferClaims,
} from "./claims/types.ts";
export { ConfigurationError } from "./errors/ConfigurationError.ts";
export { KeySetUnavailableError } from "./errors/KeySetUnavailableError.ts";
export { KindeClaimsError } from "./errors/KindeClaimsError.ts";
export { bringFreshClaims } from "./freshness/bringFreshClaims.ts";
export type {
  FreshnessOptions,
  FreshnessOutcome,
  FreshnessProblem,
  FreshnessRung,
  FreshnessStep,
  FreshnessSteps,
  TokenReading,
} from "./freshness/types.ts";
export { createManagementClient } from "./management/createManagementClient.ts";
export type { ManagementClient, ManagementClientOptions } from "./management/types.ts";
export type { RequestOptions } from "./options/RequestOptions.ts";
export { RequestError, type RequestErrorCode } from "./requests/RequestError.ts";
export { createVerifier } from "./tokens/createVerifier.ts";
export { type RevocationOptions, revokeToken } from "./tokens/revokeToken.ts";
export { TokenError, type TokenErrorCode } from "./tokens/TokenError.ts";
export type { TokenPayload, VerifiedToken, Verifier, VerifierOptions } from "./tokens/types.ts";
export {
  createMemoryDeliveries,
  type MemoryDeliveriesOptions,
} from "./webhooks/createMemoryDeliveries.ts";
export { createWebhookHandler } from "./webhooks/createWebhookHandler.ts";
export { type Deliveries, EVENT_LIFETIME_MS } from "./webhooks/Deliveries.ts";
export type {
  KindeEvent,
  WebhookHandler,
  WebhookHandlerOptions,
  WebhookUser,
} from "./webhooks/types.ts";
export { WebhookError, type WebhookErrorCode } from "./webhooks/WebhookError.ts";
