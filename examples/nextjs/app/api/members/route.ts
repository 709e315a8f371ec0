import { guardApi } from "@/lib/auth/guardApi";

/** An API for clients that send an access token with the claim lifetime_subscriber. */
export async function GET(request: Request): Promise<Response> {
  const token = await guardApi(request, "lifetime_subscriber");
  if (token instanceof Response) return token;
  return Response.json({ welcome: token.userId }, { headers: { "Cache-Control": "no-store" } });
}
