// Go's URLs are bytes. Here they are strings with one character for each byte of UTF-8, so that an
// escape such as %ff, which is no text, survives.

export function toBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

export function fromBytes(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
