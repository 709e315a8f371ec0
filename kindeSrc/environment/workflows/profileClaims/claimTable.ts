type ClaimTypes = { boolean: boolean; string: string; number: number };

/** Where one claim comes from, and what it is when that is not known. */
export type ClaimSource = {
  /** The column of `public.profiles`. */
  readonly column: string;
  /** What the column must hold. Anything else, null included, counts as an answer gone wrong. */
  readonly type: keyof ClaimTypes;
  /** The value without a row and after a failure. Choose the one that grants nothing. */
  readonly whenUnknown: boolean | string | number | null;
};

/** Claims by their name in the token. */
export type ClaimTable = Readonly<Record<string, ClaimSource>>;

type Widened<Value> = Value extends boolean ? boolean : Value;

/** The values of a table's claims, typed. */
export type ClaimValues<Table extends ClaimTable> = {
  -readonly [Name in keyof Table]:
    | ClaimTypes[Table[Name]["type"]]
    | Widened<Table[Name]["whenUnknown"]>;
};

/** Every claim at its `whenUnknown` value. */
export function valuesWhenUnknown<Table extends ClaimTable>(table: Table): ClaimValues<Table> {
  const values = Object.entries(table).map(([name, claim]) => [name, claim.whenUnknown]);
  return Object.fromEntries(values) as ClaimValues<Table>;
}

/**
 * The claims a row holds.
 *
 * @returns undefined if a column is missing or is not of its type
 */
export function valuesFromRow<Table extends ClaimTable>(
  table: Table,
  row: Record<string, unknown>,
): ClaimValues<Table> | undefined {
  const claims = Object.entries(table);
  const typed = claims.every(
    ([, claim]) => Object.hasOwn(row, claim.column) && typeof row[claim.column] === claim.type,
  );
  if (!typed) {
    return undefined;
  }
  const values = claims.map(([name, claim]) => [name, row[claim.column]]);
  return Object.fromEntries(values) as ClaimValues<Table>;
}
