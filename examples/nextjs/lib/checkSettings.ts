import { readSettings, SettingsError } from "@/lib/settings";

/** Ends the server with one sentence if a variable is missing or wrong. */
export function checkSettings(): void {
  try {
    readSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
