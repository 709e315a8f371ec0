/** The base of every error of this package. `code` is stable; messages may change. */
export abstract class KindeClaimsError extends Error {
  abstract readonly code: string;
}
