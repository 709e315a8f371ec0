import { resolve } from "node:path";
import type { Bundle } from "../bundle/bundleWorkflow.ts";
import { parseBundle } from "../bundle/parseBundle.ts";
import { codePlaces, type Position, sourcePositions } from "../bundle/sourcePosition.ts";
import type { LoadedWorkflow } from "../project/loadWorkflow.ts";
import { type AnyNode, isNode } from "./AnyNode.ts";
import { type Analysis, analyse } from "./analyse.ts";
import type { Place } from "./Finding.ts";
import { SourceFile } from "./SourceFile.ts";

/**
 * A bundle for the rules: its syntax tree, and the positions of its nodes in the author's source
 * files.
 */
export interface BundleSource {
  bundle: Bundle;
  analysis: Analysis;
  /**
   * The position of a node in the author's source files. Null if the node comes from a package or
   * from esbuild's helpers.
   */
  at(node: AnyNode): Position | null;
  /** The author's own files. */
  sources: readonly SourceFile[];
}

/** A workflow for the rules. */
export interface WorkflowSource extends BundleSource {
  loaded: LoadedWorkflow;
  /**
   * The position of a setting of `workflowSettings`. If the setting has no position, this is the
   * position of the object around the setting, or the first line of the file.
   */
  settingAt(...path: string[]): Place;
  /** The node of a setting's value, or null. */
  setting(...path: string[]): AnyNode | null;
}

export function bundleSource(bundle: Bundle): BundleSource {
  const toSource = sourcePositions(bundle);
  const placeOf = codePlaces(bundle.code);
  const find = (offset: number): Position | null => {
    const { line, column } = placeOf(offset);
    return toSource(line, column);
  };
  // Checks both ends of the statement: a position without an entry in the source map gets the entry
  // of the code before it.
  const isForeignStatement = ({ start, end }: AnyNode): boolean =>
    isForeign(find(start)) && isForeign(find(end - 1));
  return {
    bundle,
    analysis: analyse(parseBundle(bundle), isForeignStatement),
    at: (node) => {
      const position = find(node.start);
      return isForeign(position) ? null : position;
    },
    sources: ownSources(bundle),
  };
}

export function workflowSource(loaded: LoadedWorkflow, bundle: Bundle): WorkflowSource {
  const source = bundleSource(bundle);
  const settings = settingsNode(source.analysis);
  const find = (path: readonly string[]): AnyNode[] => {
    const found: AnyNode[] = [];
    let node = settings;
    for (const name of path) {
      const property = node && member(node, name);
      if (!property) break;
      found.push(property);
      node = isNode(property.value) ? property.value : null;
    }
    return found;
  };
  return {
    ...source,
    loaded,
    setting: (...path) => {
      const value = find(path)[path.length - 1]?.value;
      return isNode(value) ? value : null;
    },
    settingAt: (...path) => {
      const nodes = [...(settings ? [settings] : []), ...find(path)];
      for (const node of nodes.reverse()) {
        const place = source.at(node);
        if (place) return place;
      }
      return { file: loaded.file, line: 1, column: 1 };
    },
  };
}

function isForeign(position: Position | null): boolean {
  return position?.file.includes("node_modules") ?? false;
}

function ownSources({ map, mapFolder }: Bundle): SourceFile[] {
  const { sources, sourcesContent } = JSON.parse(map) as {
    sources: string[];
    sourcesContent: string[];
  };
  return sources
    .map((path, i) => new SourceFile(resolve(mapFolder, path), sourcesContent[i] ?? ""))
    .filter(({ path }) => !path.includes("node_modules"));
}

/** The object that is assigned to `workflowSettings`. */
function settingsNode({ own }: Analysis): AnyNode | null {
  for (const { node } of own.of("VariableDeclarator")) {
    if (!isNode(node.id) || !isNode(node.init)) continue;
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
