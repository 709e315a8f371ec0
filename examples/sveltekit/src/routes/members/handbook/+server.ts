import { requireClaim } from "$lib/server/guards";
import type { RequestHandler } from "./$types";

const HANDBOOK = `Members' handbook

1. Your subscription has no end.
2. New pages open for you without a payment.
3. Write to us when something is missing.
`;

export const GET: RequestHandler = async () => {
  await requireClaim("lifetime_subscriber");
  return new Response(HANDBOOK, {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": 'attachment; filename="members-handbook.txt"',
    },
  });
};
