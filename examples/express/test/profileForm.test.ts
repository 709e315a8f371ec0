import fc from "fast-check";
import { expect, test } from "vitest";
import { readProfileForm } from "../profiles/profileForm.ts";

const GOOD = { full_name: "Ada Lovelace", company: "Analytical Engines" };

test("a filled-in form has no problems", () => {
  expect(readProfileForm(GOOD)).toEqual({ form: GOOD, problems: {} });
});

test("blanks around the text are removed", () => {
  expect(readProfileForm({ ...GOOD, company: "  ACME\t" }).form.company).toBe("ACME");
});

test.each([
  "",
  " ",
  "\t\n",
  "\u00a0",
  "\u3000",
  "\u200b",
  "\u2060",
  " \ufeff ",
  "\u180e",
  "\ufff0",
  "\u{e0fff}",
])("%j counts as a missing name, as in the database", (full_name) => {
  expect(readProfileForm({ ...GOOD, full_name }).problems).toEqual({
    full_name: "Enter your full name.",
  });
});

test("a value that is too long is reported with its length in characters, not in code units", () => {
  expect(readProfileForm({ ...GOOD, company: "🏠".repeat(200) }).problems).toEqual({});
  expect(readProfileForm({ ...GOOD, company: "🏠".repeat(201) }).problems.company).toContain("201");
});

test("a control character is refused", () => {
  expect(readProfileForm({ ...GOOD, company: "AC\u0000ME" }).problems.company).toBeDefined();
});

test.each([undefined, null, "text", 7, [], { full_name: ["a", "b"] }, { full_name: { a: 1 } }])(
  "the body %j is read as an empty form",
  (body) => {
    const { form, problems } = readProfileForm(body);
    expect(form).toEqual({ full_name: "", company: "" });
    expect(Object.keys(problems)).toEqual(["full_name", "company"]);
  },
);

test("values that are not fields of the form are ignored", () => {
  const body = {
    ...GOOD,
    lifetime_subscriber: "true",
    kinde_id: "kp_other",
    profile_complete: "1",
  };
  expect(readProfileForm(body).form).toEqual(GOOD);
});

test("whatever is posted, every field is a string", () => {
  fc.assert(
    fc.property(fc.anything(), (body) => {
      const { form } = readProfileForm(body);
      expect(Object.values(form).every((value) => typeof value === "string")).toBe(true);
    }),
  );
});
