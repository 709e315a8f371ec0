import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { codeOf } from "../errors/codeOf.ts";
import { readIssuer } from "../options/readIssuer.ts";
import { readOrigin } from "../options/readOrigin.ts";
import { readSecretKey } from "../supabase/readSecretKey.ts";
import { UsageError } from "./UsageError.ts";

export interface Settings {
  readonly supabase: { readonly url: string; readonly secretKey: string };
  readonly kinde: {
    readonly domain: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly audience: string | undefined;
  };
}

const NEEDED = [
  "SUPABASE_URL",
  "SUPABASE_SECRET_KEY",
  "KINDE_DOMAIN",
  "KINDE_M2M_CLIENT_ID",
  "KINDE_M2M_CLIENT_SECRET",
] as const;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings: from the file if one is named, otherwise from the environment. The two are
 * never mixed, so that no key is sent to another project's address.
 *
 * @throws {UsageError} naming what is missing or the file that cannot be read
 * @throws {ConfigurationError} naming the setting that is wrong
 */
export function readSettings(envFile: string | undefined, environment: Variables): Settings {
  const variables = envFile === undefined ? environment : readFile(envFile);
  const read = (name: string) => variables[name]?.trim() ?? "";
  const missing = NEEDED.filter((name) => read(name) === "");
  if (missing.length > 0) {
    const place = envFile === undefined ? "the environment, or use --env-file" : envFile;
    throw new UsageError(`Set ${missing.join(", ")} in ${place}. See kinde-claims --help.`);
  }
  return {
    supabase: {
      url: readOrigin(
        read("SUPABASE_URL"),
        "SUPABASE_URL",
        "Set it to the URL of the project, such as https://<project>.supabase.co.",
      ),
      secretKey: readSecretKey(read("SUPABASE_SECRET_KEY"), "SUPABASE_SECRET_KEY"),
    },
    kinde: {
      domain: readIssuer(read("KINDE_DOMAIN"), "KINDE_DOMAIN"),
      clientId: read("KINDE_M2M_CLIENT_ID"),
      clientSecret: read("KINDE_M2M_CLIENT_SECRET"),
      audience: read("KINDE_M2M_AUDIENCE") || undefined,
    },
  };
}

function readFile(path: string): Variables {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (error) {
    const code = codeOf(error) ?? "unreadable";
    throw new UsageError(`The --env-file ${path} cannot be read (${code}). Is the path right?`);
  }
}
