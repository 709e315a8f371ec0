import { readSettings, SettingsError } from "@/lib/settings";

/** If a variable is missing or wrong, prints one sentence and ends the server. */
export function checkSettings(): void {
  try {
    readSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
