import { setTimeout as sleep } from "node:timers/promises";
import { KindeError } from "../errors.ts";
import { readText } from "./readInput.ts";

const KINDS =
  "unreachable, timeout, slow=MS, status=N, html, empty, invalid-json, or a file with the body";

/**
 * Returns a `fetch` that simulates a fault of the network. `slow=MS` sends each request to the real
 * network after a pause. The other faults do not use the network.
 */
export function faultyFetch(fault: string): typeof globalThis.fetch {
  const [kind = "", value] = fault.split("=", 2);
  switch (kind) {
    case "unreachable":
      return refuse;
    case "timeout":
      return async () => {
        throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
      };
    case "slow": {
      const ms = wholeNumber(fault, value, 0, 600_000);
      return async (input, init) => {
        await sleep(ms);
        return globalThis.fetch(input, init);
      };
    }
    case "status": {
      const status = wholeNumber(fault, value, 200, 599);
      const body = /^(?:204|205|304)$/.test(`${status}`)
        ? null
        : JSON.stringify({ message: `status ${status}` });
      return answer(body, "application/json", status);
    }
    case "html":
      return answer(
        "<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>",
        "text/html",
      );
    case "empty":
      return answer("", "application/json");
    case "invalid-json":
      return answer('{"unfinished":', "application/json");
    default:
      return answer(readFault(fault), "application/json");
  }
}

const refuse: typeof globalThis.fetch = async (input) => {
  const url = new URL(String(input));
  const port = Number(url.port || (url.protocol === "http:" ? 80 : 443));
  const cause = Object.assign(new Error("connection refused"), {
    code: "ECONNREFUSED",
    address: url.hostname,
    port,
  });
  throw new TypeError("fetch failed", { cause });
};

function answer(body: string | null, type: string, status = 200): typeof globalThis.fetch {
  return async () => new Response(body, { status, headers: { "content-type": type } });
}

function wholeNumber(fault: string, value: string | undefined, min: number, max: number): number {
  const number = Number(value);
  if (value !== undefined && Number.isInteger(number) && number >= min && number <= max)
    return number;
  throw new KindeError(
    "BAD_OPTION",
    `--fault ${fault} needs a whole number from ${min} to ${max}.`,
  );
}

function readFault(path: string): string {
  try {
    return readText(path, "--fault");
  } catch {
    throw new KindeError(
      "BAD_OPTION",
      `Unknown fault "${path}", and no such file. Choose ${KINDS}.`,
    );
  }
}
