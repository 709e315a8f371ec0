type ClaimTypes = { boolean: boolean; string: string; number: number };

/** What a column must hold: any value of a type, or one of the strings in a list. */
export type ClaimType = keyof ClaimTypes | readonly string[];

/** Where one claim comes from, and its value when the row is unknown. */
export type ClaimSource = {
  /** The column of `public.profiles`. */
  readonly column: string;
  /**
   * What the column must hold. Any other value, also null, counts as a malformed answer. With a
   * list such as `["free", "pro"]`, only these strings are accepted.
   */
  readonly type: ClaimType;
  /** The value if there is no row, or if the lookup fails. Choose a value that grants nothing. */
  readonly whenUnknown: boolean | string | number | null;
};

/** Claims by their name in the token. */
export type ClaimTable = Readonly<Record<string, ClaimSource>>;

type Widened<Value> = Value extends boolean ? boolean : Value;

type ValueOf<Type extends ClaimType> = Type extends keyof ClaimTypes
  ? ClaimTypes[Type]
  : Type[number];

/** The values of a table's claims, typed. */
export type ClaimValues<Table extends ClaimTable> = {
  -readonly [Name in keyof Table]:
    | ValueOf<Table[Name]["type"]>
    | Widened<Table[Name]["whenUnknown"]>;
};

/** Returns every claim with its `whenUnknown` value. */
export function valuesWhenUnknown<Table extends ClaimTable>(table: Table): ClaimValues<Table> {
  const values = Object.entries(table).map(([name, claim]) => [name, claim.whenUnknown]);
  return Object.fromEntries(values) as ClaimValues<Table>;
}

/**
 * Reads the claims from a row.
 *
 * @returns undefined if a column is missing, or holds a value that its claim's `type` does not
 *   allow
 */
export function valuesFromRow<Table extends ClaimTable>(
  table: Table,
  row: Record<string, unknown>,
): ClaimValues<Table> | undefined {
  const claims = Object.entries(table);
  const accepted = claims.every(
    ([, { column, type }]) => Object.hasOwn(row, column) && isOfType(row[column], type),
  );
  if (!accepted) {
    return undefined;
  }
  const values = claims.map(([name, claim]) => [name, row[claim.column]]);
  return Object.fromEntries(values) as ClaimValues<Table>;
}

function isOfType(value: unknown, type: ClaimType): boolean {
  return typeof type === "string"
    ? typeof value === type
    : typeof value === "string" && type.includes(value);
}
