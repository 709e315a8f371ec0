import { randomBytes } from "node:crypto";

export interface User {
  /** `kp_` and 32 hex digits, the `sub` of the tokens. */
  readonly id: string;
  readonly identityId: string;
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
  /** The claim `permissions`. */
  readonly permissions: readonly string[];
  /** Shown on the sign-in page, so that you know which user to choose. */
  readonly note: string;
}

export type NewUser = Pick<User, "email" | "givenName" | "familyName"> &
  Partial<Pick<User, "id" | "permissions" | "note">>;

export interface UserDirectory {
  list(): readonly User[];
  find(id: string): User | undefined;
  findByEmail(email: string): User | undefined;
  /** Adds a user and sends `user.created`, as Kinde does for sign-ups (and not for imports). */
  create(user: NewUser): User;
  /**
   * Deletes a user, sends `user.deleted`, and ends the user's session and refresh tokens. Returns
   * false if there is no such user.
   */
  remove(id: string): boolean;
}

/** The users of this Kinde; the seeded ones were imported, so nothing is sent for them. */
export function createUserDirectory(
  seeded: readonly NewUser[],
  onChange: (type: "user.created" | "user.deleted", user: User) => void,
): UserDirectory {
  const users = new Map<string, User>();
  const add = (user: NewUser): User => {
    const complete: User = {
      id: `kp_${randomBytes(16).toString("hex")}`,
      identityId: `identity_${randomBytes(16).toString("hex")}`,
      permissions: [],
      note: "",
      ...user,
    };
    users.set(complete.id, complete);
    return complete;
  };
  for (const user of seeded) add(user);
  return {
    list: () => [...users.values()],
    find: (id) => users.get(id),
    findByEmail: (email) =>
      [...users.values()].find((user) => user.email.toLowerCase() === email.toLowerCase()),
    create(newUser) {
      const user = add(newUser);
      onChange("user.created", user);
      return user;
    },
    remove(id) {
      const user = users.get(id);
      if (!user) return false;
      users.delete(id);
      onChange("user.deleted", user);
      return true;
    },
  };
}
