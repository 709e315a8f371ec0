import { describe, expect, test } from "vitest";
import { useKinde, workflow } from "./support/project.ts";

const sharedKinde = useKinde();
const EVENT = { context: { user: { id: "kp_1" } }, list: [{ a: 1 }, 2], none: null };

async function result(body: string, eventObject: "map" | "copy" = "map"): Promise<unknown> {
  const run = await sharedKinde(workflow(body)).run({ event: EVENT, unknowns: { eventObject } });
  expect(run.error).toBeNull();
  return run.claims.accessToken.result;
}

describe("the event is a Go map", () => {
  test.for([
    ["event.context === event.context", false],
    ["event.context.user.id === event.context.user.id", true],
    ["event.list[0] === event.list[0]", false],
    ["(event.x = undefined, event.x)", null],
    ["(event.context.user.name = 'Ann', event.context.user.name)", "Ann"],
    ["((o) => (event.x = o, o.a = 2, event.x.a))({ a: 1 })", 1],
    ["(event.context.copy = event.list, event.context.copy[0].a)", 1],
    ["(delete event.context, typeof event.context)", "undefined"],
    ["'context' in event && event.hasOwnProperty('list')", true],
    ["Object.keys(event).sort()", ["context", "list", "none"]],
    [
      "[Array.isArray(event.list), event.list.length, event.list.map(String)]",
      [true, 2, ["[object Object]", "2"]],
    ],
    ["[event instanceof Object, typeof event.nothing, event.none]", [true, "undefined", null]],
    ["({ ...event.context.user })", { id: "kp_1" }],
    ["JSON.parse(JSON.stringify(event.context))", EVENT.context],
    ["event", EVENT],
  ] as const)("%s is %o", async ([expression, expected]) => {
    expect(await result(`return ${expression}`)).toEqual(expected);
  });

  test("whose keys have a random order", async () => {
    const body = `const orders = new Set();
      for (let i = 0; i < 100; i++) orders.add(Object.keys(event).join());
      return orders.size`;
    expect(await result(body)).toBeGreaterThan(1);
    expect(await result(body, "copy")).toBe(1);
  });
});

test("with eventObject: copy, the event is a plain object", async () => {
  const body = "event.x = undefined; return [event.context === event.context, typeof event.x]";
  expect(await result(body, "copy")).toEqual([true, "undefined"]);
  expect(await result(body)).toEqual([false, "object"]);
});
