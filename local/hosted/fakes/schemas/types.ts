/** One operation of a management API, as its vendor publishes it. */
export interface PublishedOperation {
  readonly method: string;
  /** With the names of its parameters: `/v1/projects/{ref}/secrets`. */
  readonly path: string;
  /** The scope that the token must have (Kinde). */
  readonly scope?: string;
  /**
   * JSON Schemas; absent where the vendor publishes nothing, such as for an answer without a body.
   */
  readonly query?: object;
  readonly body?: object;
  readonly response?: object;
}

/** The part of a management API that we use, written by updateSchemas.ts. */
export interface PublishedApi {
  /** Where it comes from: `name@version`. */
  readonly package: string;
  readonly operations: Readonly<Record<string, PublishedOperation>>;
  readonly definitions: Readonly<Record<string, object>>;
}

/** An operation with the TypeScript types of its parts. */
export interface FoundOperation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly scope?: string;
  readonly types: Readonly<Partial<Record<"query" | "body" | "response", string>>>;
}

/** Reads a file of the vendor's package. */
export type ReadText = (path: string) => string;
