/** Cuts a long text, and appends its full length. */
export function shorten(text: string, length = 120): string {
  return text.length <= length ? text : `${text.slice(0, length)}… (${text.length} characters)`;
}
