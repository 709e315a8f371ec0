import { readHostedSettings } from "../settings.ts";
import { createWorld } from "../world.ts";
import { examineToken } from "./token/examineToken.ts";
import { readTokenText } from "./token/readTokenText.ts";
import { toTokenJson, toTokenText } from "./token/report.ts";
import { isGood } from "./token/verdict.ts";

/**
 * `npm run doctor -- --token <file>`: examines one access token.
 *
 * @returns whether the token is valid, and its claims agree with the row as far as it was read
 * @throws UsageError
 */
export async function runToken(options: {
  readonly token: string;
  readonly json: boolean;
  readonly envFile?: string;
}): Promise<boolean> {
  const settings = readHostedSettings(options.envFile);
  const report = await examineToken(readTokenText(options.token), createWorld(settings));
  process.stdout.write(options.json ? toTokenJson(report) : toTokenText(report));
  return isGood(report);
}
