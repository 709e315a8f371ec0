import { execFile } from "node:child_process";
import { relative } from "node:path";
import { createKinde, KindeError } from "kinde-local";
import type { World } from "../../../world.ts";
import { type Check, failed, ok, unknown, warning } from "../../check.ts";

const GIT_LIMIT_MS = 10_000;
/** What Kinde reads when it syncs. */
const SYNCED = ["kinde.json", "package.json", "kindeSrc"];

export const workflowCheck: Check = {
  code: "WORKFLOW_CHECK",
  title: "kinde-local check",
  why: "Kinde refuses the sync, or the workflow fails for every user.",
  needs: [],
  uses: [],
  async examine({ repository }) {
    const kinde = createKinde({ project: repository });
    try {
      const errors = (await kinde.check()).filter(({ severity }) => severity === "error");
      if (errors.length === 0) return ok("Kinde would accept the workflows");
      const seen = errors.map(({ rule, file, line }) =>
        file === null ? rule : `${rule} ${relative(repository, file)}:${line}`,
      );
      return failed(
        seen.join(", "),
        "Run npx kinde-local check, which says how to fix each of them.",
      );
    } catch (error) {
      if (!(error instanceof KindeError)) throw error;
      return failed(error.message, "Run the doctor in the folder that holds kinde.json.");
    } finally {
      await kinde.close();
    }
  },
};

export const pushedCheck: Check = {
  code: "WORKFLOW_PUSHED",
  title: "Pushed code",
  why: "Sync code reads the branch on GitHub, not this folder.",
  needs: [],
  uses: [],
  async examine(world) {
    const changed = await git(world, ["status", "--porcelain", "--", ...SYNCED]);
    if (changed === undefined) return unknown("this folder is not a git repository");
    if (changed !== "") {
      const files = changed.split("\n").map((line) => line.slice(3));
      return warning(
        `not committed: ${files.join(", ")}`,
        "Commit and push, then press Sync code.",
      );
    }
    const ahead = await git(world, ["rev-list", "--count", "@{upstream}..HEAD", "--", ...SYNCED]);
    if (ahead === undefined) return unknown("this branch has no upstream branch to compare with");
    if (ahead === "0") return ok("everything that Kinde syncs is on the upstream branch");
    return warning(`commits that are not pushed: ${ahead}`, "Run git push, then press Sync code.");
  },
};

export const liveCheck: Check = {
  code: "WORKFLOW_LIVE",
  title: "The workflow at Kinde",
  why: "A workflow that is not synced or not live writes no claims.",
  needs: [],
  uses: [],
  async examine() {
    return unknown(
      "no API shows it: sign in once, then npm run doctor -- --token, which shows the claims, or why they are missing",
    );
  },
};

/** What git prints, without white space at the end. Undefined if it fails. */
function git({ repository }: World, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile("git", ["-C", repository, ...args], { timeout: GIT_LIMIT_MS }, (error, stdout) => {
      resolve(error ? undefined : stdout.trimEnd());
    });
  });
}
