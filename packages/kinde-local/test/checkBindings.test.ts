import { describe, expect, test } from "vitest";
import { useKinde, workflow } from "./support/project.ts";

const sharedKinde = useKinde();

async function judge(
  body: string,
  bindings: readonly string[] = ["kinde.accessToken"],
  head = "",
): Promise<string[]> {
  const findings = await sharedKinde(`${head}\n${workflow(body, bindings)}`).check();
  return findings.map(
    ({ rule, severity, line, column }) => `${severity} ${rule} ${line}:${column}`,
  );
}

describe("a binding that the code uses only after it tested for the binding", () => {
  test.for([
    'if (typeof console !== "undefined") console.log(event.a)',
    'const has = typeof console !== "undefined"; if (has) console.log(event.a)',
    'const has = typeof console !== "undefined"; has && console.log(event.a)',
    // The bundler inlines a variable that is read once. In the next two lines, it is read twice and
    // stays.
    'const has = typeof console !== "undefined"; if (has) console.log(event.a); return has',
    'const missing = typeof console === "undefined"; if (missing) return 0; console.log(1); return missing',
    'const has = typeof console === "object"; return has ? console.log(event.a) : 0',
    'if (typeof console === "undefined") return; console.log(event.a)',
    'const missing = typeof console === "undefined"; if (missing) return 0; console.log(event.a)',
    'const has = typeof console !== "undefined" && event.debug; if (has) [1].forEach(() => console.log(1))',
    'const has = () => typeof URL === "function"; if (has()) return new URL(event.a).href',
    'if (!(typeof URL !== "undefined")) return 0; return new URL(event.a).href',
    'if ("console" in globalThis) console.log(event.a)',
    'if (typeof kinde.fetch === "function") kinde.fetch(event.a, {})',
    "if (kinde.fetch) kinde.fetch(event.a, {})",
    "return kinde.fetch ? kinde.fetch(event.a, {}) : 0",
  ])("has no finding: %s", async (body) => {
    expect(await judge(body)).toEqual([]);
  });

  test.for([
    ['if (typeof console === "undefined") console.log(event.a)', "warning undeclared-console 7:37"],
    ['if (typeof URL !== "undefined") console.log(event.a)', "warning undeclared-console 7:33"],
    [
      'const has = typeof console !== "undefined" || event.a; if (has) console.log(1)',
      "warning undeclared-console 7:65",
    ],
    [
      'if (typeof console !== "undefined") event.b = 1; console.log(event.a)',
      "warning undeclared-console 7:50",
    ],
    [
      'if (typeof console === "undefined") throw new Error("a"); console.log(event.a)',
      "warning undeclared-console 7:59",
    ],
    ["if (kinde.env) kinde.fetch(event.a, {})", "error undeclared-binding 7:16"],
  ] as const)(
    "has a finding if the test does not protect the use: %s",
    async ([body, expected]) => {
      expect(await judge(body)).toEqual([expected]);
    },
  );
});

describe("a global that the engine does not have", () => {
  test.for([
    "const has = typeof Intl !== 'undefined'; if (has) return new Intl.NumberFormat()",
    'return "Intl" in globalThis ? new Intl.NumberFormat() : 0',
    "return globalThis.Intl ? new Intl.NumberFormat() : 0",
  ])("has no finding if the code tests for it first: %s", async (body) => {
    expect(await judge(body)).toEqual([]);
  });
});

describe("a binding that is declared and not used", () => {
  const STOCK = [
    ...["console", "url", "kinde.env", "kinde.fetch", "kinde.secureFetch", "kinde.mfa"],
    ...["kinde.widget", "kinde.localization"],
  ];
  test("has no finding if Kinde's templates declare it", async () => {
    expect(await judge("return event.a", ["kinde.accessToken", ...STOCK])).toEqual([]);
  });

  test.for(["util", "kinde.idToken", "kinde.auth", "kinde.plan", "kinde.ssoSession"])(
    "has a finding if Kinde's templates do not declare it: %s",
    async (name) => {
      const [found, ...others] = await judge("return event.a", ["kinde.accessToken", name]);
      expect(found).toMatch(/^warning unused-binding 2:/);
      expect(others).toEqual([]);
    },
  );

  test("has no finding if it resets claims", async () => {
    const source = workflow("return event.a").replace(
      /bindings: .*? \};/,
      'bindings: { "kinde.accessToken": {}, "kinde.idToken": { resetClaims: true } } };',
    );
    expect(await sharedKinde(source).check()).toEqual([]);
  });
});

describe("kinde.fetch without its binding", () => {
  const BINDINGS = ["url", "kinde.accessToken", "kinde.env"];
  const API =
    'const api = await createKindeAPI(event); return (await api.get({ endpoint: "users" })).data';

  test("is a warning if only createKindeAPI uses it", async () => {
    const head =
      '// import { fetch } from "@kinde/infrastructure";\nimport { createKindeAPI } from "@kinde/infrastructure";';
    expect(await judge(API, BINDINGS, head)).toEqual(["warning undeclared-fetch 2:10"]);
  });

  test("is a warning if fetch is imported but not used", async () => {
    const head = 'import { createKindeAPI, fetch } from "@kinde/infrastructure";';
    expect(await judge(API, BINDINGS, head)).toEqual(["warning undeclared-fetch 1:10"]);
  });

  test("is an error if the workflow itself sends requests, too", async () => {
    const head = 'import { createKindeAPI, fetch } from "@kinde/infrastructure";';
    const body = `await fetch(event.a, {}); ${API}`;
    expect(await judge(body, BINDINGS, head)).toEqual(["error undeclared-binding 1:26"]);
  });
});

test("an import in a comment is ignored, so the finding points to the real import", async () => {
  const head =
    '/* import { denyAccess } from "@kinde/infrastructure" */ import { denyAccess } from "@kinde/infrastructure";';
  expect(await judge('denyAccess("a")', ["kinde.accessToken"], head)).toEqual([
    "error undeclared-binding 1:67",
  ]);
});
