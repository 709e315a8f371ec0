export { type FakeKinde, startFakeKinde } from "./startFakeKinde.ts";
export { type FakeSupabase, startFakeSupabase } from "./startFakeSupabase.ts";
