import { lazy } from "../options/lazy.ts";
import { DEFAULT_TIMEOUT_MS } from "../options/RequestOptions.ts";
import { readOrigin } from "../options/readOrigin.ts";
import { RequestError } from "../requests/RequestError.ts";
import { sendRequest } from "../requests/sendRequest.ts";
import { DATA_API } from "./dataApi.ts";
import { keyHeaders } from "./keyHeaders.ts";
import { readSecretKey } from "./readSecretKey.ts";
import type { SupabaseOptions } from "./types.ts";

/** Calls functions of the database. */
export interface FunctionCalls {
  /** @throws {RequestError} if Supabase does not answer, or refuses */
  call(name: string, parameters: object, options?: CallOptions): Promise<unknown>;
  /** Creates the error for an answer that the function cannot have returned. */
  unknownAnswer(name: string): RequestError;
}

interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long the function waits on purpose. It is added to the time limit. */
  readonly waitMs?: number;
}

const WHAT_TO_SET = "Set it to the URL of the project, such as https://<project>.supabase.co.";

/** @param factory names the options in errors: `createSupabaseQueue` */
export function createFunctionCalls(options: SupabaseOptions, factory: string): FunctionCalls {
  const setUp = lazy(() => ({
    origin: readOrigin(options.url, `${factory}: url`, WHAT_TO_SET),
    headers: keyHeaders(readSecretKey(options.secretKey, `${factory}: secretKey`)),
  }));
  const pathOf = (name: string) => `/rest/v1/rpc/${name}`;

  return {
    call(name, parameters, { signal, waitMs = 0 } = {}) {
      const timeoutMs = (options.timeoutMs ?? DEFAULT_TIMEOUT_MS) + waitMs;
      const request = { path: pathOf(name), body: JSON.stringify(parameters), signal };
      return sendRequest({ ...setUp(), ...request }, { ...options, timeoutMs }, DATA_API);
    },
    unknownAnswer: (name) =>
      new RequestError({
        code: "UNAVAILABLE",
        request: `POST ${setUp().origin}${pathOf(name)}`,
        problem: "the answer is not what the function returns",
        whatToDo: "Check the URL of the Supabase project and its migrations.",
      }),
  };
}
