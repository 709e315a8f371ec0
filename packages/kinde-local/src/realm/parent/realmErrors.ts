import { KindeError } from "../../errors.ts";
import type { InspectAddress } from "./inspectAddress.ts";

export function portTaken({ host, port }: InspectAddress): KindeError {
  return new KindeError(
    "BAD_OPTION",
    `Waiting for a debugger failed: ${host}:${port} cannot be opened, perhaps because another program uses it. Choose another address, such as ${host}:${port === 65_535 ? 9_229 : port + 1}.`,
  );
}

export function lost(reason: string): KindeError {
  return new KindeError(
    "PROCESS_LOST",
    `Running the workflow failed because the process that runs it was lost: ${reason}. Run it again. If close() was called during the run, call it only after the run has ended.`,
  );
}
