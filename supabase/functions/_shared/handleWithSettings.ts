import { answerJson } from "./answerJson.ts";
import { SettingError } from "./SettingError.ts";

/** Handles one request. */
export type Handler = (request: Request) => Promise<Response>;

/**
 * Makes a handler at the first request instead of when the module loads: a function without its
 * settings then answers 500 and says in its log what is missing or wrong, instead of not starting.
 *
 * @param make reads the settings; what it makes is kept for the following requests
 */
export function handleWithSettings(
  make: () => Handler,
  { name, log }: { readonly name: string; readonly log: (line: string) => void },
): Handler {
  let handler: Handler | undefined;
  return async (request) => {
    if (request.method !== "POST") {
      return answerJson(405, { error: "Send a POST request." }, { allow: "POST" });
    }
    try {
      handler ??= make();
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      log(`${name}: ${error.message}`);
      const text = "The function is not set up. Its log says which setting is missing or wrong.";
      return answerJson(500, { error: text });
    }
    return handler(request);
  };
}
