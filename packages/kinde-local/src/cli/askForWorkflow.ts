import { createInterface } from "node:readline/promises";
import { KindeError } from "../errors.ts";
import type { Trigger } from "../events/sampleEvents.ts";
import { TEMPLATES, TRIGGERS } from "../scaffold/templates/index.ts";
import { requireTrigger, triggerList } from "./triggerArgument.ts";

/** Asks for a trigger and a name on the terminal. Ctrl-D or Ctrl-C cancels. */
export async function askForWorkflow(): Promise<{ trigger: Trigger; name: string }> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // An iterator also keeps lines that the user pastes before the program asks for them.
  const lines = terminal[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    terminal.setPrompt(question);
    terminal.prompt();
    const { value, done } = await lines.next();
    if (!done) return value.trim();
    throw new KindeError("BAD_OPTION", "No workflow was chosen, and nothing was written.");
  };
  try {
    process.stderr.write(`When should Kinde run the workflow?\n${numbered(triggerList())}\n`);
    const trigger = chosen(
      await ask(`A number (1 to ${TRIGGERS.length}), or the name of a trigger: `),
    );
    const usual = TEMPLATES[trigger].name;
    const name = await ask(`Name of the workflow (${usual}): `);
    return { trigger, name: name === "" ? usual : name };
  } finally {
    terminal.close();
  }
}

function numbered(list: string): string {
  return list
    .split("\n")
    .map((line, i) => `${`${i + 1}`.padStart(2)}${line}`)
    .join("\n");
}

function chosen(answer: string): Trigger {
  return TRIGGERS[Number(answer) - 1] ?? requireTrigger(answer);
}
