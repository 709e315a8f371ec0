import { apply, defineProperty, isArray, method, native } from "./primordials.ts";

const taggedAs = Object.prototype.toString;
const { getOwnPropertyDescriptor, getOwnPropertyDescriptors, getOwnPropertyNames } = Object;
const { ownKeys } = Reflect;

/**
 * Makes the functions that list own properties return what the engine returns: a sloppy function
 * has no own `arguments` and `caller`, the first own name of an ordinary function is `prototype`,
 * and the descriptor of a frozen array's length has no value.
 */
export function patchOwnKeys(): void {
  const namesOf = (value: unknown): string[] => {
    const names = getOwnPropertyNames(value);
    if (typeof value !== "function") return names;
    const own = names.filter((name) => !isHidden(value, name));
    return isOrdinary(value) ? ["prototype", ...own.filter((name) => name !== "prototype")] : own;
  };
  method(Object, "getOwnPropertyNames", native("getOwnPropertyNames", namesOf, 1));
  const keysOf = (value: object): PropertyKey[] => {
    const keys = ownKeys(value);
    return typeof value === "function" ? keys.filter((key) => !isHidden(value, key)) : keys;
  };
  method(Reflect, "ownKeys", native("ownKeys", keysOf, 1));
  const descriptorOf = (value: unknown, key: PropertyKey): PropertyDescriptor | undefined => {
    const found = getOwnPropertyDescriptor(value, key);
    if (typeof value === "function" && isHidden(value, key)) return undefined;
    if (found && isArray(value) && key === "length" && !found.writable) found.value = undefined;
    return found;
  };
  method(Object, "getOwnPropertyDescriptor", native("getOwnPropertyDescriptor", descriptorOf, 2));
  const descriptorsOf = (value: unknown): Record<PropertyKey, PropertyDescriptor> => {
    const found = getOwnPropertyDescriptors(value) as Record<PropertyKey, PropertyDescriptor>;
    if (typeof value === "function") {
      for (const key of ["arguments", "caller"]) if (isHidden(value, key)) delete found[key];
    }
    if (isArray(value)) defineProperty(found, "length", { value: descriptorOf(value, "length") });
    return found;
  };
  method(
    Object,
    "getOwnPropertyDescriptors",
    native("getOwnPropertyDescriptors", descriptorsOf, 1),
  );
}

/**
 * Whether V8 itself added the property to a sloppy function. The two properties that V8 adds are
 * not configurable. Properties that a workflow adds usually are.
 */
function isHidden(value: object, key: PropertyKey): boolean {
  if (key !== "arguments" && key !== "caller") return false;
  return getOwnPropertyDescriptor(value, key)?.configurable === false;
}

/** Whether a function is neither a class nor a generator, and has a prototype. */
function isOrdinary(value: object): boolean {
  const isPlain = apply(taggedAs, value, []) === "[object Function]";
  return isPlain && getOwnPropertyDescriptor(value, "prototype")?.writable === true;
}
