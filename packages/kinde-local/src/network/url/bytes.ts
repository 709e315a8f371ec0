// Go's URLs are bytes. Here they are strings with one character for each byte of UTF-8, so that an
// escape such as %ff, which is not valid UTF-8, is not lost.

const ASCII = /^[\x20-\x7e]*$/;

export function toBytes(text: string): string {
  if (ASCII.test(text)) return text;
  return Buffer.from(text, "utf8").toString("latin1");
}

export function fromBytes(bytes: string): string {
  if (ASCII.test(bytes)) return bytes;
  return Buffer.from(bytes, "latin1").toString("utf8");
}
