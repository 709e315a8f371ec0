import type { Adapter, AdapterPayload } from "oidc-provider";

export interface Storage {
  adapter(model: string): Adapter;
  /** Ends the sessions, codes and refresh tokens of a user. */
  forgetUser(userId: string): void;
}

/**
 * Where the OpenID Connect server keeps its codes, sessions and refresh tokens: in this process.
 */
export function createStorage(): Storage {
  const models = new Map<string, Map<string, AdapterPayload>>();

  function adapter(model: string): Adapter {
    const entries = models.get(model) ?? new Map<string, AdapterPayload>();
    models.set(model, entries);
    const findBy = (matches: (payload: AdapterPayload) => boolean) =>
      [...entries.values()].find(matches);
    return {
      async upsert(id, payload) {
        entries.set(id, payload);
      },
      find: async (id) => entries.get(id),
      findByUid: async (uid) => findBy((payload) => payload.uid === uid),
      findByUserCode: async (code) => findBy((payload) => payload.userCode === code),
      async consume(id) {
        const payload = entries.get(id);
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        entries.delete(id);
      },
      async revokeByGrantId(grantId) {
        for (const [id, payload] of entries) {
          if (payload.grantId === grantId) entries.delete(id);
        }
      },
    };
  }

  return {
    adapter,
    forgetUser(userId) {
      for (const entries of models.values()) {
        for (const [id, payload] of entries) {
          if (payload.accountId === userId) entries.delete(id);
        }
      }
    },
  };
}
