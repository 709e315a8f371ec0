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

  test("in which the options user, origin, org and client set members, and org: null removes the organization", async () => {
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

/** A workflow with the bindings under test. Its result becomes the claim `result`. */
const using = (bindings: string[], body: string) =>
  sharedKinde(workflow(body, ["kinde.accessToken", ...bindings]));

describe("Kinde's functions", () => {
  test("of each token set and get the claims of that token", async () => {
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
  ] as const)("of a token refuse %s", async ([call, message]) => {
    const run = await using([], `try { ${call} } catch (e) { return [e.name, e.message] }`).run();
    expect(run.claims.accessToken).toEqual({ result: ["GoError", message] });
  });

  test("of a token store undefined as null", async () => {
    const run = await using([], 'kinde.accessToken.setCustomClaim("a", undefined)').run();
    expect(run.claims.accessToken).toMatchObject({ a: null });
  });

  test("of a token start without claims if resetClaims is true", async () => {
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
  ] as const)("of %s record the workflow's decision", async ([binding, call, effects]) => {
    const run = await using([binding], `${call}; return 1`).run();
    expect(run.effects).toMatchObject(effects);
    expect(run.goesOn).toBe(binding !== "kinde.auth");
  });

  test("of kinde.localization return the texts of the option localization", async () => {
    const source = workflow('return [kinde.localization.get("a"), kinde.localization.get("b")]', [
      "kinde.accessToken",
      "kinde.localization",
    ]);
    const run = await kindeWith(source, { localization: { a: "A" } }).run();
    expect(run.claims.accessToken.result).toEqual(["A", null]);
  });

  test("of kinde.cache need no binding, and call onMissingOrExpired at once", async () => {
    const body = `let calls = 0; const options = { onMissingOrExpired: () => "token" + ++calls };
      return [kinde.cache.jwtToken("a", options), kinde.cache.jwtToken("a", options), kinde.cache.jwtToken("b", options)]`;
    const run = await using([], body).run();
    expect(run.claims.accessToken.result).toEqual(["token1", "token1", "token2"]);
  });

  test("are limited to the declared function if the binding names one function", async () => {
    const source = workflow(
      'kinde.accessToken.setCustomClaim("x", 1); return typeof kinde.accessToken.getCustomClaims',
      ["kinde.accessToken.setCustomClaim"],
    );
    const run = await sharedKinde(source).run();
    expect(run.claims.accessToken).toEqual({ x: 1, result: "undefined" });
  });

  test("throw an error whose value contains the URL of the failed request", async () => {
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
  ] as const)("throw a GoError whose constructor is %s", async ([name, call, imports]) => {
    const source = workflow(`try { ${call} } catch (e) { return [e.name, e.constructor.name] }`);
    const run = await sharedKinde(imports + source).run();
    expect(run.claims.accessToken.result).toEqual(["GoError", name]);
  });

  test("throw an error with an empty value if no request failed", async () => {
    const run = await using(
      [],
      `try { kinde.accessToken.setCustomClaim() } catch (e) { return e.value }`,
    ).run();
    expect(run.claims.accessToken.result).toEqual({});
  });

  test("refuse a relative URL, because it has no protocol", async () => {
    const body = `try { kinde.fetch("/x", {}) } catch (e) { return e.message }`;
    const run = await using(["kinde.fetch"], body).run();
    expect(run.claims.accessToken.result).toBe('Get "/x": unsupported protocol scheme ""');
  });

  test("throw an error with Go's message, which a catch block receives", async () => {
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
