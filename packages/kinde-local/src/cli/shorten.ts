/** Cuts a long text, and says how long it was. */
export function shorten(text: string, length = 120): string {
  return text.length <= length ? text : `${text.slice(0, length)}… (${text.length} characters)`;
}
