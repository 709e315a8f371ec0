import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Check, type Examination, failed, ok } from "../../check.ts";

const LEAST_NODE = { major: 20, minor: 19 };
const PACKAGE = "@kinde/infrastructure";
const dependenciesOf = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });
const versionOf = z.object({ version: z.string() });

export const nodeCheck: Check = {
  code: "VERSION_NODE",
  title: "Node",
  why: "Older versions do not run the commands of this repository.",
  needs: [],
  uses: [],
  examine: async () => judgeNode(process.versions.node),
};

/** @param version such as `20.20.2` */
export function judgeNode(version: string): Examination {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNew =
    major > LEAST_NODE.major || (major === LEAST_NODE.major && minor >= LEAST_NODE.minor);
  const least = `${LEAST_NODE.major}.${LEAST_NODE.minor}`;
  return isNew ? ok(version) : failed(version, `Install Node ${least} or newer.`);
}

export const infrastructureCheck: Check = {
  code: "VERSION_INFRASTRUCTURE",
  title: PACKAGE,
  why: "Kinde builds with the version that package.json names; with a range, it may build with another one than you tested.",
  needs: [],
  uses: [],
  async examine({ repository }) {
    const wanted = read(join(repository, "package.json"), dependenciesOf)?.dependencies[PACKAGE];
    const install = `Run npm install --save-exact ${PACKAGE}, commit and push.`;
    if (wanted === undefined) return failed("package.json does not have it", install);
    if (!/^\d+\.\d+\.\d+$/.test(wanted)) return failed(`package.json asks for ${wanted}`, install);
    const folder = join(repository, "node_modules", PACKAGE, "package.json");
    const installed = read(folder, versionOf)?.version;
    if (installed === wanted) return ok(wanted);
    const seen = `package.json names ${wanted}, and ${installed ?? "no version"} is installed`;
    return failed(seen, "Run npm ci.");
  },
};

function read<Value>(file: string, shape: z.ZodType<Value>): Value | undefined {
  try {
    return shape.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}
