import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { useStack } from "./support/stack.ts";

const MIGRATIONS = fileURLToPath(new URL("../../supabase/migrations/", import.meta.url));
const DEFINE_BLANK = "20261125090000_define_blank.sql";

// JavaScript's properties of Unicode, and two additions: a Braille pattern without dots, and the
// marks of annotations.
const BLANK = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]$/u;

const blanksByUnicode = Array.from({ length: 0x110000 }, (_, code) => code).filter(
  (code) => code > 0 && BLANK.test(String.fromCodePoint(code)),
);

describe("among all code points of Unicode", () => {
  const stack = useStack({ seed: false });
  // PostgreSQL stores neither U+0000 nor surrogates.
  const codesWhere = async (condition: string) =>
    (
      await stack.owner.query<{ code: number }>(
        `select code from generate_series(1, 1114111) as code
         where code not between x'd800'::int and x'dfff'::int and ${condition} order by code`,
      )
    ).rows.map(({ code }) => code);

  test("the definition agrees with JavaScript's properties of Unicode", async () => {
    expect(blanksByUnicode.length).toBeGreaterThan(4_000);
    const matches = "chr(code) ~ ('[' || private.blank_characters() || ']')";
    expect(await codesWhere(matches)).toEqual(blanksByUnicode);
  });

  // A function call for every code point is slow, so this tests only the planes with blanks.
  test.each(["private.is_blank(chr(code))", "not private.has_text(chr(code))"])(
    "%s follows the definition",
    async (condition) => {
      const planes = "(code < x'20000'::int or code between x'e0000'::int and x'effff'::int)";
      expect(await codesWhere(`${planes} and ${condition}`)).toEqual(blanksByUnicode);
    },
  );

  test("the constraint on kinde_id refuses the same code points", async () => {
    const { rows } = await stack.owner.query<{ definition: string }>(
      "select pg_get_expr(conbin, conrelid) as definition from pg_constraint where conname = 'profiles_kinde_id_check'",
    );
    const definition = rows[0]?.definition.replaceAll("kinde_id", "('kp_' || chr(code))");
    expect(await codesWhere(`not ${definition}`)).toEqual(blanksByUnicode);
  });
});

describe("a project that has the earlier definition", () => {
  const stack = useStack({ migrate: false });
  const apply = (names: string[]) =>
    stack.owner.query(names.map((name) => readFileSync(MIGRATIONS + name, "utf8")).join("\n"));

  test("gets new values of profile_complete that include the columns it added", async () => {
    const files = readdirSync(MIGRATIONS).sort();
    await apply(files.filter((name) => name < DEFINE_BLANK));
    await stack.owner.query(`
      alter table public.profiles add column phone text, drop column profile_complete;
      alter table public.profiles add column profile_complete boolean not null generated always as (
        private.has_text(full_name) and private.has_text(company) and private.has_text(phone)
      ) stored;
      insert into public.profiles (kinde_id, full_name, company, phone) values
        ('kp_text', 'Ada', 'AE', '1'), ('kp_name', e'\\ufff0', 'AE', '1'),
        ('kp_phone', 'Ada', 'AE', e'\\U000e0fff');`);
    const complete = async () =>
      (
        await stack.owner.query(
          "select kinde_id from public.profiles where profile_complete order by kinde_id",
        )
      ).rows.map(({ kinde_id }) => kinde_id);
    expect(await complete()).toEqual(["kp_name", "kp_phone", "kp_text"]);
    await apply(files.filter((name) => name >= DEFINE_BLANK));
    expect(await complete()).toEqual(["kp_text"]);
  });
});
