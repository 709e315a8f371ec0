/**
 * Encodes a message for a pipe: four bytes with the length, then JSON. Both processes, the one that
 * called `run` and the one with the realms, use this format.
 */
export function encodeFrame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const header = Buffer.allocUnsafe(4);
  header.writeUInt32LE(body.length);
  return Buffer.concat([header, body]);
}

/** Decodes messages from chunks of any size. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;

  push(chunk: Buffer): unknown[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const messages: unknown[] = [];
    for (let frame = this.#take(); frame; frame = this.#take()) {
      messages.push(JSON.parse(frame.toString("utf8")));
    }
    return messages;
  }

  #take(): Buffer | null {
    if (this.#size < 4) return null;
    let head = this.#chunks[0] as Buffer;
    if (head.length < 4) {
      head = Buffer.concat(this.#chunks);
      this.#chunks = [head];
    }
    const end = 4 + head.readUInt32LE();
    if (this.#size < end) return null;
    const all = this.#chunks.length === 1 ? head : Buffer.concat(this.#chunks);
    this.#chunks = [all.subarray(end)];
    this.#size -= end;
    return all.subarray(4, end);
  }
}
