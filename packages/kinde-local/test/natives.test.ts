import { sampleEvent, type Trigger } from "kinde-local";
import { describe, expect, test } from "vitest";
import { kindeWith, useKinde, workflow } from "./support/project.ts";

const sharedKinde = useKinde();

const TRIGGERS: Trigger[] = [
  "user:tokens_generation",
  "user:pre_mfa",
  "user:post_authentication",
  "m2m:token_generation",
  "user:existing_password_provided",
  "user:new_password_provided",
  "user:plan_selection",
  "user:plan_cancellation_request",
  "user:pre_registration",
  "user:new_username_provided",
];

describe("every trigger has a sample event", () => {
  test.for(TRIGGERS)("%s", async (trigger) => {
    const source = workflow("return event").replace("user:tokens_generation", trigger);
    const run = await sharedKinde(source).run();
    expect(run.workflow.trigger).toBe(trigger);
    expect(run.claims.accessToken.result).toEqual(sampleEvent(trigger));
    expect(run.claims.accessToken.result).toMatchObject({
      request: { ip: expect.any(String) },
      context: {
        workflow: { trigger },
        domains: { kindeDomain: expect.stringMatching(/^https:/) },
        application: { clientId: expect.any(String) },
      },
    });
  });

  test("that a test may change, typed by the package", async () => {
    const event = sampleEvent("user:tokens_generation");
    event.context.auth.isExistingSession = true;
    event.context.user.id = "kp_1";
    const kinde = sharedKinde(
      workflow("return [event.context.auth.isExistingSession, event.context.user.id]"),
    );
    expect((await kinde.run({ event })).claims.accessToken.result).toEqual([true, "kp_1"]);
    expect(sampleEvent("user:tokens_generation").context.auth.isExistingSession).toBe(false);
  });

  test("in which the shorthands are set, and the organisation can be taken away", async () => {
    const kinde = sharedKinde(workflow("return event.context"));
    const run = await kinde.run({
      user: "kp_1",
      origin: "refresh_token_request",
      org: null,
      client: "c",
    });
    expect(run.claims.accessToken.result).toMatchObject({
      user: { id: "kp_1" },
      auth: { origin: "refresh_token_request" },
      application: { clientId: "c" },
    });
    expect(run.claims.accessToken.result).not.toHaveProperty("organization");
  });
});

/** A workflow with the natives under test; `result` goes into the access token. */
const using = (bindings: string[], body: string) =>
  sharedKinde(workflow(body, ["kinde.accessToken", ...bindings]));

describe("a native", () => {
  test("of each token sets and gets that token's claims", async () => {
    const kinde = using(
      ["kinde.idToken", "kinde.m2mToken"],
      `kinde.idToken.setCustomClaim("id", 1); kinde.m2mToken.setCustomClaim("m2m", 2);
       return [kinde.idToken.getCustomClaims(), kinde.m2mToken.getCustomClaims()]`,
    );
    const run = await kinde.run({ claims: { idToken: { old: 0 } } });
    expect(run.claims).toEqual({
      accessToken: { result: [{ old: 0, id: 1 }, { m2m: 2 }] },
      idToken: { old: 0, id: 1 },
      m2mToken: { m2m: 2 },
    });
  });

  test.for([
    ['kinde.accessToken.setCustomClaim("a")', "expected 2 arguments"],
    ["kinde.accessToken.setCustomClaim(1, 2)", "first argument must be string"],
  ] as const)("of a token refuses %s", async ([call, message]) => {
    const run = await using([], `try { ${call} } catch (e) { return [e.name, e.message] }`).run();
    expect(run.claims.accessToken).toEqual({ result: ["GoError", message] });
  });

  test("of a token takes undefined for a value", async () => {
    const run = await using([], 'kinde.accessToken.setCustomClaim("a", undefined)').run();
    expect(run.claims.accessToken).toMatchObject({ a: null });
  });

  test("of a token begins empty with resetClaims", async () => {
    const source = workflow("return kinde.accessToken.getCustomClaims()").replace(
      '"kinde.accessToken":{}',
      '"kinde.accessToken":{ resetClaims: true }',
    );
    const run = await sharedKinde(source).run({ claims: { accessToken: { old: 1 } } });
    expect(run.claims.accessToken).toEqual({ result: {} });
  });

  test.for([
    ["kinde.auth", 'kinde.auth.denyAccess("no")', { accessDenied: { reason: "no" } }],
    ["kinde.mfa", 'kinde.mfa.setEnforcementPolicy("skip")', { mfaPolicy: "skip" }],
    [
      "kinde.ssoSession",
      'kinde.ssoSession.setPolicy("non_persistent")',
      { ssoSessionPolicy: "non_persistent" },
    ],
    [
      "kinde.widget",
      'kinde.widget.invalidateFormField("f", "m")',
      { invalidFields: [{ field: "f", message: "m" }] },
    ],
    [
      "kinde.plan",
      'kinde.plan.denySelection("m", ["r"])',
      { planSelectionDenied: { message: "m", reasons: ["r"] } },
    ],
    [
      "kinde.plan",
      'kinde.plan.denyCancellation("m")',
      { planCancellationDenied: { message: "m" } },
    ],
  ] as const)("%s records its decision", async ([binding, call, effects]) => {
    const run = await using([binding], `${call}; return 1`).run();
    expect(run.effects).toMatchObject(effects);
    expect(run.goesOn).toBe(binding !== "kinde.auth");
  });

  test("kinde.localization gives the texts it was given", async () => {
    const source = workflow('return [kinde.localization.get("a"), kinde.localization.get("b")]', [
      "kinde.accessToken",
      "kinde.localization",
    ]);
    const run = await kindeWith(source, { localization: { a: "A" } }).run();
    expect(run.claims.accessToken.result).toEqual(["A", null]);
  });

  test("kinde.cache needs no binding, and calls onMissingOrExpired at once", async () => {
    const body = `let calls = 0; const options = { onMissingOrExpired: () => "token" + ++calls };
      return [kinde.cache.jwtToken("a", options), kinde.cache.jwtToken("a", options), kinde.cache.jwtToken("b", options)]`;
    const run = await using([], body).run();
    expect(run.claims.accessToken.result).toEqual(["token1", "token1", "token2"]);
  });

  test("that only one function of was declared has no other", async () => {
    const source = workflow(
      'kinde.accessToken.setCustomClaim("x", 1); return typeof kinde.accessToken.getCustomClaims',
      ["kinde.accessToken.setCustomClaim"],
    );
    const run = await sharedKinde(source).run();
    expect(run.claims.accessToken).toEqual({ x: 1, result: "undefined" });
  });

  test("throws an error whose value holds the URL of a failed request", async () => {
    const run = await using(
      ["kinde.fetch", "console"],
      `try { kinde.fetch("ftp://x/?secret", {}) } catch (e) { console.log(e); return [Object.keys(e), JSON.stringify(e)] }`,
    ).run();
    const value = { Op: "Get", URL: "ftp://x/?secret", Err: {} };
    expect(run.claims.accessToken.result).toEqual([["value"], JSON.stringify({ value })]);
    expect(run.logs[0]?.arguments).toEqual([{ value }]);
  });

  test.for([
    ["GoError", "kinde.accessToken.setCustomClaim()", ""],
    ["GoError2", 'await fetch("/", {})', 'import { fetch } from "@kinde/infrastructure";\n'],
  ] as const)("throws an error that was made by %s", async ([name, call, imports]) => {
    const source = workflow(`try { ${call} } catch (e) { return [e.name, e.constructor.name] }`);
    const run = await sharedKinde(imports + source).run();
    expect(run.claims.accessToken.result).toEqual(["GoError", name]);
  });

  test("throws an error whose value is empty otherwise", async () => {
    const run = await using(
      [],
      `try { kinde.accessToken.setCustomClaim() } catch (e) { return e.value }`,
    ).run();
    expect(run.claims.accessToken.result).toEqual({});
  });

  test("finds no protocol in a relative URL", async () => {
    const body = `try { kinde.fetch("/x", {}) } catch (e) { return e.message }`;
    const run = await using(["kinde.fetch"], body).run();
    expect(run.claims.accessToken.result).toBe('Get "/x": unsupported protocol scheme ""');
  });

  test("throws into a catch what Go would", async () => {
    const run = await using(
      ["kinde.fetch"],
      `try { kinde.fetch("ftp://x", {}) } catch (e) { return [e.name, e.message] }`,
    ).run();
    expect(run.claims.accessToken.result).toEqual([
      "GoError",
      'Get "ftp://x": unsupported protocol scheme "ftp"',
    ]);
  });
});
