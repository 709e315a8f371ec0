import type { Template } from "./Template.ts";

/** Triggers at which Kinde makes tokens for users and for machines. */
export const TOKENS = {
  "user:tokens_generation": {
    when: "tokens are made for a user",
    ...{ member: "UserTokenGeneration", event: "onUserTokenGeneratedEvent", name: "userTokens" },
    imports: ["accessTokenCustomClaims"],
    bindings: ["kinde.accessToken"],
    body: [
      "const { user } = event.context;",
      "const claims = accessTokenCustomClaims<{ known_user: boolean }>();",
      'claims.known_user = user.id.startsWith("kp_");',
    ],
    test: {
      title: "writes its claim into the access token",
      ...{ expected: "{ known_user: true }", actual: "run.claims.accessToken" },
    },
  },
  "m2m:token_generation": {
    when: "a token is made for a machine",
    ...{ member: "M2MTokenGeneration", event: "onM2MTokenGeneratedEvent", name: "machineToken" },
    imports: ["m2mTokenClaims"],
    bindings: ["kinde.m2mToken"],
    body: [
      "const claims = m2mTokenClaims<{ client: string }>();",
      "claims.client = event.context.application.clientId;",
    ],
    test: {
      title: "writes its claim into the machine's token",
      change: 'event.context.application.clientId = "reports";',
      ...{ expected: '{ client: "reports" }', actual: "run.claims.m2mToken" },
    },
  },
} satisfies Record<string, Template>;
