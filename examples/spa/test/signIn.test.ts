import { describe, expect, test } from "vitest";
import { readReturnTo } from "../src/session/returnTo.ts";
import {
  explainFailure,
  isSilentRefusal,
  NOT_BEGUN_HERE,
  refusedBy,
} from "../src/session/signInFailure.ts";
import { packTask, unpackTask } from "../src/session/signInTask.ts";

describe("the task in the state of a sign-in", () => {
  const task = {
    returnTo: "/workspace",
    silent: { at: 1, expected: { profile_complete: true, lifetime_subscriber: false } },
  };

  test("is the same after the sign-in", () => {
    expect(unpackTask(packTask(task))).toEqual(task);
  });

  test("gets another random value each time, so the state cannot be guessed", () => {
    expect(packTask(task).random).not.toBe(packTask(task).random);
  });

  test.each([{}, { task: "no JSON" }, { task: "null" }, { task: '{"returnTo":"//evil.example"}' }])(
    "leads to the overview if the state is %j",
    (state) => {
      expect(unpackTask(state).returnTo).toBe("/");
    },
  );
});

describe("readReturnTo", () => {
  test("keeps a path of the app", () => {
    expect(readReturnTo("/profile?return_to=%2Fworkspace")).toBe("/profile?return_to=%2Fworkspace");
  });

  test.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/..//evil.example",
    null,
  ])("returns the path of the overview for %s", (value) => {
    expect(readReturnTo(value)).toBe("/");
  });
});

describe("a sign-in that did not work", () => {
  test("is explained with the error code, and no other text of the address", () => {
    expect(refusedBy("access_denied").sentence).toContain("(access_denied)");
    expect(refusedBy("Call 555-0100 now").sentence).not.toContain("555");
  });

  test("is explained without the state that the SDK reports", () => {
    const error = { error: "ERR_CODE_EXCHANGE", errorDescription: "Invalid state; supplied abc" };
    expect(explainFailure(error)).toBe(NOT_BEGUN_HERE);
  });

  test("has another explanation for a refused exchange than for a forged callback", () => {
    const errorDescription = "Token exchange failed: 400 - invalid_grant";
    const failure = explainFailure({ error: "ERR_CODE_EXCHANGE", errorDescription });
    expect(failure.sentence).toContain("did not accept this sign-in");
  });

  test("is a refused silent sign-in only with an error that no other sign-in can get", () => {
    expect(isSilentRefusal("login_required")).toBe(true);
    expect(isSilentRefusal("account_selection_required")).toBe(true);
    expect(isSilentRefusal("access_denied")).toBe(false);
  });
});
