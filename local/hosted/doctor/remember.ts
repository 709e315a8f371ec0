import type { World } from "../world.ts";

const answers = new WeakMap<World, Map<unknown, Promise<unknown>>>();

/**
 * Reads a part of the state once for one world, although several checks ask for it.
 *
 * @example
 * const { key } = await remember(world, readWorkflowKey);
 */
export function remember<State>(
  world: World,
  read: (world: World) => Promise<State>,
): Promise<State> {
  const known = answers.get(world) ?? new Map<unknown, Promise<unknown>>();
  answers.set(world, known);
  const answer = known.get(read) ?? read(world);
  known.set(read, answer);
  return answer as Promise<State>;
}
