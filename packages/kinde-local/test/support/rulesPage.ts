import { type Block, blocksOf, PAGES } from "./docs.ts";
import { WORKFLOWS } from "./project.ts";

export interface Section {
  name: string;
  text: string;
  bad: Block[];
  good: Block[];
}

/** The sections of docs/rules.md below one of its headings. */
export function sectionsOf(heading: string): Section[] {
  const page = PAGES.find(({ path }) => path === "docs/rules.md");
  const part = page?.text.split(/^## /m).find((text) => text.startsWith(heading)) ?? "";
  return part
    .split(/^### /m)
    .slice(1)
    .map((text) => {
      const [, name = ""] = /^`([^`]+)`\n/.exec(text) ?? [];
      const [, bad = "", good = ""] = /\nBad:\n([\s\S]*)\nGood:\n([\s\S]*)/.exec(text) ?? [];
      const blocks = (example: string): Block[] =>
        blocksOf([{ path: "docs/rules.md", file: page?.file ?? "", text: example }]);
      return { name, text, bad: blocks(bad), good: blocks(good) };
    });
}

/** The files of an example. A block without a path is the body of a workflow. */
export function filesOf(blocks: readonly Block[]): Record<string, string> {
  return Object.fromEntries(
    blocks.map(({ name, text }) =>
      name === null
        ? [`${WORKFLOWS}/exampleWorkflow.ts`, workflowWith(text)]
        : [name, text.replace("… 6 MB of data …", "x".repeat(6_000_000))],
    ),
  );
}

const STOCK = ["console", "url", "kinde.env", "kinde.fetch"];

function workflowWith(text: string): string {
  const [, imports = "", body = ""] = /^((?:import .*\n)*)([\s\S]*)$/.exec(text) ?? [];
  const bindings = text.includes("kinde.accessToken") ? [...STOCK, "kinde.accessToken"] : STOCK;
  return `${imports}export const workflowSettings = {
  id: "example",
  trigger: "user:tokens_generation",
  bindings: ${JSON.stringify(Object.fromEntries(bindings.map((binding) => [binding, {}])))},
};
export default async function workflow(event) {
${body}
}
`;
}
