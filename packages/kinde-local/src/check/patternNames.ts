import { type AnyNode, isNode } from "./AnyNode.ts";

/** The names that a parameter, a declaration or a catch clause declares. */
export function patternNames(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name as string];
    case "ObjectPattern":
      return (pattern.properties as AnyNode[]).flatMap((part) =>
        patternNames(part.value ?? part.argument),
      );
    case "ArrayPattern":
      return (pattern.elements as unknown[]).flatMap(patternNames);
    case "AssignmentPattern":
      return patternNames(pattern.left);
    case "RestElement":
      return patternNames(pattern.argument);
    default:
      return [];
  }
}
