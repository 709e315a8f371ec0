import { didYouMean } from "../closest.ts";

/** The members of JSON Schema that the schema of kinde-local uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: boolean | Schema;
  minLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  definitions?: Readonly<Record<string, Schema>>;
}

/**
 * Finds the first part of a value that its schema does not allow, and returns the reason as a
 * sentence. Null if the whole value is allowed.
 */
export function findProblem(value: unknown, root: Schema): string | null {
  return problemOf(value, root, root, "");
}

function problemOf(value: unknown, schema: Schema, root: Schema, place: string): string | null {
  if (schema.$ref !== undefined) return problemOf(value, resolve(schema.$ref, root), root, place);
  if (schema.anyOf) return problemOfAny(value, schema.anyOf, root, place);
  if (schema.enum)
    return schema.enum.includes(value) ? null : wrongChoice(value, schema.enum, place);
  if (schema.type === undefined) return null;
  if (typeOf(value) !== (schema.type === "integer" ? "number" : schema.type)) {
    return wrong(value, wanted(schema), place);
  }
  if (Array.isArray(value)) return first(value, (item, i) => inList(item, i, schema, root, place));
  if (typeof value === "object") return problemOfObject(value as object, schema, root, place);
  const fits = typeof value === "number" ? isNumber(value, schema) : isText(`${value}`, schema);
  return fits ? null : wrong(value, wanted(schema), place);
}

function isNumber(value: number, { type, minimum, maximum, exclusiveMinimum }: Schema): boolean {
  if (type === "integer" && !Number.isInteger(value)) return false;
  if (exclusiveMinimum !== undefined && !(value > exclusiveMinimum)) return false;
  return value >= (minimum ?? value) && value <= (maximum ?? value);
}

function isText(value: string, { minLength = 0 }: Schema): boolean {
  return value.length >= minLength;
}

function problemOfObject(
  value: object,
  schema: Schema,
  root: Schema,
  place: string,
): string | null {
  const { properties = {}, additionalProperties = true } = schema;
  return first(Object.entries(value), ([name, item]) => {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const at = place === "" ? name : `${place}.${name}`;
    if (own) return problemOf(item, own, root, at);
    if (typeof additionalProperties === "object")
      return problemOf(item, additionalProperties, root, at);
    return additionalProperties ? null : unknownName(name, Object.keys(properties), at);
  });
}

function inList(item: unknown, index: number, schema: Schema, root: Schema, place: string) {
  return schema.items ? problemOf(item, schema.items, root, `${place}[${index}]`) : null;
}

/** If a schema allows several forms, the one with the value's type was probably meant. */
function problemOfAny(value: unknown, forms: readonly Schema[], root: Schema, place: string) {
  const resolved = forms.map((form) => (form.$ref === undefined ? form : resolve(form.$ref, root)));
  const meant = resolved.find(({ type }) => type === typeOf(value));
  if (meant) return problemOf(value, meant, root, place);
  return wrong(value, resolved.map(wanted).join(" or "), place);
}

function unknownName(name: string, known: readonly string[], place: string): string {
  const shown = known.filter((key) => key !== "$schema").join(", ");
  return `There is no setting ${place}. ${didYouMean(name, known)}Possible here: ${shown}.`;
}

function wrongChoice(value: unknown, choices: readonly unknown[], place: string): string {
  const names = choices.filter((choice) => typeof choice === "string");
  const hint = typeof value === "string" ? didYouMean(value, names) : "";
  const all = choices.map((choice) => JSON.stringify(choice)).join(" or ");
  return `${place} is ${show(value)}. ${hint}Write ${all}.`;
}

function wrong(value: unknown, needed: string, place: string): string {
  return `${place === "" ? "it holds" : `${place} is`} ${show(value)}. Write ${needed}.`;
}

function wanted({ type, exclusiveMinimum, minimum, maximum, minLength, items }: Schema): string {
  if (exclusiveMinimum !== undefined) return `a number above ${exclusiveMinimum}`;
  if (type === "integer") return `a whole number from ${minimum} to ${maximum}`;
  if (type === "array") return items ? "a list of strings" : "a list";
  if (type === "object") return "an object, such as {}";
  return minLength === undefined ? "a string" : "a string that is not empty";
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function resolve(ref: string, root: Schema): Schema {
  return root.definitions?.[ref.replace("#/definitions/", "")] ?? {};
}

function first<T>(items: readonly T[], find: (item: T, index: number) => string | null) {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== null) return found;
  }
  return null;
}
