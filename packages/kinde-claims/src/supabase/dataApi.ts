import type { Service } from "../requests/Service.ts";

/** How to read the answers of Supabase's Data API (PostgREST) and of the gateway in front of it. */
export const DATA_API: Service = {
  whatToDo: {
    UNAUTHORIZED: "Check that the key is a secret key of this Supabase project.",
    FORBIDDEN: "The key may not call the function. Use a secret key, sb_secret_….",
    NOT_FOUND:
      "The database does not have the function. Push the migrations: npx supabase db push --remote.",
    REFUSED: "Check the migrations of the database.",
    UNREACHABLE: "Check the URL of the Supabase project and the network.",
  },
  // Only the code of PostgREST or PostgreSQL: messages and details can hold data of the database.
  readReason(body) {
    const { code } = Object(body) as { code?: unknown };
    return typeof code === "string" && /^[A-Z0-9]{3,10}$/.test(code) ? code : undefined;
  },
};
