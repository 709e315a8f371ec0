import { readVisitor } from "@/lib/auth/visitor";

const HANDBOOK = `The members' handbook

1. You are a lifetime subscriber, so this file is yours.
2. The page that links here opened because of the claim lifetime_subscriber in your access token.
3. This file checks the same claim, so the link alone is not enough to open it.
`;

/** A file that only members may download. */
export async function GET(): Promise<Response> {
  const visitor = await readVisitor();
  if (visitor.kind !== "user" || !visitor.user.claims.lifetime_subscriber) {
    return new Response("This file is for lifetime subscribers.\n", { status: 403 });
  }
  return new Response(HANDBOOK, {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": 'attachment; filename="members-handbook.txt"',
      "Cache-Control": "no-store",
    },
  });
}
