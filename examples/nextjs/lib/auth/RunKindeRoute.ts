import type { NextRequest } from "next/server";

/** Runs the route of Kinde's SDK that belongs to the request's address. */
export type RunKindeRoute = (request: NextRequest) => Promise<Response>;
