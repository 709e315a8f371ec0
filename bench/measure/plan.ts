import type { Client } from "pg";

/** PostgreSQL's report on one execution of a statement. */
export interface Plan {
  /** Pages of tables and indexes that were read, from memory or disk. */
  pages: number;
  /** Returned rows. */
  rows: number;
  /** Milliseconds of the execution, without planning. */
  ms: number;
  /** The plan's steps, the outermost first, for example `Limit > Index Scan`. */
  steps: string;
}

interface PlanNode {
  "Node Type": string;
  "Actual Rows": number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: PlanNode[];
}

/** Executes a statement and returns its plan. The statement's effects are real. */
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
