import { Client } from "pg";

/** Values of a row of `public.profiles`, by column. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Reads and changes rows for the inspector, directly in the database and not through the Data API.
 */
export interface Rows {
  /** The row of a user; null if there is no row, undefined if the database does not answer. */
  read(userId: string): Promise<Row | null | undefined>;
  /**
   * Grants the subscription or takes it back, as a billing webhook or the SQL editor would: one
   * statement, and no call to Kinde.
   *
   * @throws the database's error
   */
  setSubscription(userId: string, value: boolean): Promise<void>;
  close(): Promise<void>;
}

/** @param databaseUrl the connection string of the local database, for the owner of its tables */
export function openRows(databaseUrl: string): Rows {
  let connection: Promise<Client> | undefined;

  const client = () => {
    connection ??= connect().catch((error) => {
      connection = undefined;
      throw error;
    });
    return connection;
  };
  async function connect(): Promise<Client> {
    const client = new Client({ connectionString: databaseUrl });
    const forget = () => {
      connection = undefined;
    };
    client.on("error", forget).on("end", forget);
    await client.connect();
    return client;
  }

  return {
    async read(userId) {
      try {
        const text = "select * from public.profiles where kinde_id = $1";
        const { rows } = await (await client()).query<Row>(text, [userId]);
        return rows[0] ?? null;
      } catch {
        return undefined;
      }
    },
    async setSubscription(userId, value) {
      await (await client()).query(
        `insert into public.profiles (kinde_id, lifetime_subscriber) values ($1, $2)
         on conflict (kinde_id) do update set lifetime_subscriber = excluded.lifetime_subscriber`,
        [userId, value],
      );
    },
    async close() {
      const open = await connection?.catch(() => undefined);
      await open?.end().catch(() => undefined);
    },
  };
}
