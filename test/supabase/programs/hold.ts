// Starts a stack, prints its addresses, and ends by itself or by a signal, as the argument says. It
// applies the migrations only with the argument `push`.
import { startSupabase } from "../../../local/supabase/index.ts";

const [end = "wait"] = process.argv.slice(2);
process.stdout.write(`starting\n`);
const supabase = await startSupabase({ migrate: end === "push" });
process.stdout.write(`up ${supabase.databaseUrl} ${supabase.url}\n`);
if (end === "exit") process.exit(7);
if (end === "throw") throw new Error("a bug in the program that uses the stack");
