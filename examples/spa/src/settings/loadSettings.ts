import { readSettings, type Settings, SettingsError } from "./readSettings.ts";

/**
 * Fetches `/settings.json`, so that one build runs with any settings.
 *
 * @throws SettingsError
 */
export async function loadSettings(): Promise<Settings> {
  let json: unknown;
  try {
    const response = await fetch("/settings.json", { cache: "no-store" });
    // If the file is missing, many servers answer with the HTML of the app, which is not JSON.
    json = response.ok ? await response.json() : undefined;
  } catch {
    json = undefined;
  }
  if (json === undefined) {
    throw new SettingsError(
      "/settings.json is missing or is not JSON: put the file beside index.html, as the README says.",
    );
  }
  return readSettings(json, window.location.origin);
}
