import { resolve } from "node:path";
import type { Bundle } from "../bundle/bundleWorkflow.ts";
import { type Position, sourcePositions } from "../bundle/sourcePosition.ts";
import type { LoadedWorkflow } from "../project/loadWorkflow.ts";
import { type AnyNode, isNode } from "./AnyNode.ts";
import { type Analysis, analyse } from "./analyse.ts";
import type { Place } from "./Finding.ts";

/** One workflow as the rules look at it: the bundle's tree, and the way back to the source. */
export interface WorkflowSource {
  loaded: LoadedWorkflow;
  bundle: Bundle;
  analysis: Analysis;
  /** Where a node stands in the author's source; null inside a package or esbuild's helpers. */
  at(node: AnyNode): Position | null;
  /** A setting of `workflowSettings`, or the nearest place to it. */
  settingAt(...path: string[]): Place;
  /** The author's own files: path and text. */
  sources(): [file: string, text: string][];
}

export function workflowSource(loaded: LoadedWorkflow, bundle: Bundle): WorkflowSource {
  const analysis = analyse(bundle.code);
  const toSource = sourcePositions(bundle);
  const at = (node: AnyNode): Position | null => {
    const start = node.loc?.start;
    const position = start ? toSource(start.line, start.column) : null;
    return position?.file.includes("node_modules") ? null : position;
  };
  return {
    loaded,
    bundle,
    analysis,
    at,
    sources: () => ownSources(bundle),
    settingAt: (...path) => {
      const fallback = { file: loaded.file, line: 1, column: 1 };
      let node = settingsNode(analysis);
      let place: Place = (node && at(node)) ?? fallback;
      for (const name of path) {
        const property = node && member(node, name);
        if (!property) return place;
        place = at(property) ?? place;
        node = isNode(property.value) ? property.value : null;
      }
      return place;
    },
  };
}

function ownSources({ map, mapFolder }: Bundle): [string, string][] {
  const { sources, sourcesContent } = JSON.parse(map) as {
    sources: string[];
    sourcesContent: string[];
  };
  return sources
    .map((path, i): [string, string] => [resolve(mapFolder, path), sourcesContent[i] ?? ""])
    .filter(([path]) => !path.includes("node_modules"));
}

/** The object that is assigned to `workflowSettings`. */
function settingsNode({ nodes }: Analysis): AnyNode | null {
  for (const { node } of nodes) {
    if (node.type !== "VariableDeclarator" || !isNode(node.id) || !isNode(node.init)) continue;
    if (node.id.name === "workflowSettings" && node.init.type === "ObjectExpression")
      return node.init;
  }
  return null;
}

function member(object: AnyNode, name: string): AnyNode | null {
  const properties = object.type === "ObjectExpression" ? (object.properties as AnyNode[]) : [];
  return (
    properties.find(({ key }) => isNode(key) && (key.name === name || key.value === name)) ?? null
  );
}
