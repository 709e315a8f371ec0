import type { Client } from "pg";

/** What PostgreSQL says about one execution of a statement. */
export interface Plan {
  /** Pages of tables and indexes looked at, in memory or not. */
  pages: number;
  /** Rows that it gave. */
  rows: number;
  /** Milliseconds of the execution, planning apart. */
  ms: number;
  /** The plan's steps from the outside in, for example `Limit > Index Scan`. */
  steps: string;
}

interface PlanNode {
  "Node Type": string;
  "Actual Rows": number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: PlanNode[];
}

/** Executes a statement and gives its plan; the statement's effects, if any, are real. */
export async function explain(client: Client, sql: string): Promise<Plan> {
  const { rows } = await client.query(`explain (analyze, buffers, timing off, format json) ${sql}`);
  const { Plan: root, "Execution Time": ms } = rows[0]["QUERY PLAN"][0] as {
    Plan: PlanNode;
    "Execution Time": number;
  };
  const pages = root["Shared Hit Blocks"] + root["Shared Read Blocks"];
  return { pages, rows: root["Actual Rows"], ms, steps: stepsOf(root).join(" > ") };
}

function stepsOf(node: PlanNode): string[] {
  return [node["Node Type"], ...(node.Plans ?? []).flatMap(stepsOf)];
}
