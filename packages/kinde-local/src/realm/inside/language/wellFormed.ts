/** Lone surrogates become U+FFFD, as they do when a string passes into Go. */
export function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g, (part) =>
    part.length === 2 ? part : "\uFFFD",
  );
}
