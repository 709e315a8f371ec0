import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PackedKindeLocal, packKindeLocal, run } from "./support/packedKindeLocal.ts";

let packed: PackedKindeLocal;
beforeAll(async () => {
  packed = await packKindeLocal();
});
afterAll(() => packed.remove());

/** Runs commands in a folder and records the terminal's output. */
function terminal(cwd: string) {
  let transcript = "";
  return {
    transcript: () => transcript,
    async type(line: string): Promise<string> {
      const [program = "", ...args] = line.replace("$TARBALL", packed.tarball).split(" ");
      const printed = await run(program, args, cwd);
      transcript += `$ ${line}\n${printed}\n`;
      return printed;
    },
  };
}

test("new, check, run and npm test in an empty folder, from the tarball", async () => {
  const folder = packed.emptyFolder();
  const { type, transcript } = terminal(folder);

  const written = await type(
    "npx --yes --package=$TARBALL kinde-local new user:tokens_generation plan",
  );
  expect(written).toContain("kindeSrc/environment/workflows/plan/planWorkflow.ts");
  expect(written).toContain("test/planWorkflow.test.js");

  // The version in package.json is not published yet; the tarball takes its place.
  await type("npm install --no-audit --no-fund --save-dev $TARBALL");
  expect(await type("npx kinde-local check")).toContain("No findings.");
  expect(await type("npx kinde-local run")).toMatch(/accessToken\.known_user +\(none\) → true/);
  expect(await type("npm test")).toMatch(/^# pass 1$[\s\S]*^# fail 0$/m);

  process.stdout.write(transcript());
  expect(existsSync(join(folder, "node_modules/esbuild"))).toBe(false);
});

test("the commands work without an installation, and the new project says what to install", async () => {
  const folder = packed.emptyFolder();
  const { type } = terminal(folder);
  await type("npx --yes --package=$TARBALL kinde-local new m2m:token_generation");
  expect(await type("npx --yes --package=$TARBALL kinde-local check")).toContain("No findings.");
  const { devDependencies, dependencies } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  expect(Object.keys(devDependencies)).toEqual(["kinde-local"]);
  expect(dependencies).toEqual({ "@kinde/infrastructure": "0.9.0" });
});

test.for(["5.0.4", "5.9.3"])(
  "TypeScript %s accepts a new project, and refuses globals that the engine does not have",
  async (version) => {
    const folder = packed.emptyFolder();
    const { type } = terminal(folder);
    await type("npx --yes --package=$TARBALL kinde-local new user:tokens_generation plan");
    await type(`npm install --no-audit --no-fund --save-dev $TARBALL typescript@${version}`);
    await type("npx tsc");
    writeFileSync(join(folder, "kindeSrc/timer.ts"), "setTimeout(() => {}, 1);\nexport {};\n");
    await expect(type("npx tsc")).rejects.toThrow("Cannot find name 'setTimeout'");
  },
);
