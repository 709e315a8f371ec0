export { createSupabaseDeliveries } from "./createSupabaseDeliveries.ts";
export { createSupabaseQueue } from "./createSupabaseQueue.ts";
export type { SupabaseOptions } from "./types.ts";
