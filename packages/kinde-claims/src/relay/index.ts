export { createRelay } from "./createRelay.ts";
export type {
  BatchReport,
  BatchStop,
  ClaimChange,
  ClaimChangeQueue,
  DrainReport,
  QueueFailure,
  Relay,
  RelayOptions,
  Settlement,
} from "./types.ts";
