/** A setting of the function is missing or wrong. The message is for the log; it holds no value. */
export class SettingError extends Error {
  override name = "SettingError";
}
