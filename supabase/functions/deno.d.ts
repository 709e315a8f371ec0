// As much of Deno as the functions use, for `npm run types`. Deno itself has its own types.
declare namespace Deno {
  export function serve(handler: (request: Request) => Promise<Response>): unknown;
  export const env: { get(name: string): string | undefined };
}
