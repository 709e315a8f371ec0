import type { Response } from "express";
import { describe, expect, test } from "vitest";
import { CLAIMS } from "../claims.ts";
import type { User } from "../kinde/loadUser.ts";
import { backOfficePage } from "../pages/backOffice.ts";
import { COULD_NOT_BE_CHECKED, claimCards } from "../pages/claims.ts";
import { homePage } from "../pages/home.ts";
import { noticeBox } from "../pages/notice.ts";
import { userText } from "../pages/userText.ts";
import { profileClaims } from "../profileClaims.ts";

const NONE = profileClaims.read({});
const SUBSCRIBER = { ...NONE, lifetime_subscriber: true };
const res = { locals: { session: { csrfToken: "token" } } } as Response;

describe("the claims' cards", () => {
  test("say the claim's state when the token and the account agree", () => {
    const { markup } = claimCards(SUBSCRIBER, SUBSCRIBER);
    expect(markup).toContain(CLAIMS.lifetime_subscriber.states.true);
    expect(markup).toContain(CLAIMS.profile_complete.states.false);
  });

  test("say what the account has when the token is older", () => {
    const { markup } = claimCards(NONE, SUBSCRIBER);
    expect(markup).toContain(
      `${CLAIMS.lifetime_subscriber.states.true} Your access token does not say so yet.`,
    );
    expect(markup).not.toContain(CLAIMS.lifetime_subscriber.states.false);
  });

  test.each([NONE, SUBSCRIBER])(
    "say for the token %j that the account could not be checked",
    (token) => {
      const { markup } = claimCards(token, undefined);
      expect(markup.split(COULD_NOT_BE_CHECKED)).toHaveLength(profileClaims.names.length + 1);
      const sentences = profileClaims.names.flatMap((name) => Object.values(CLAIMS[name].states));
      expect(sentences.filter((sentence) => markup.includes(sentence))).toEqual([]);
    },
  );
});

describe("the overview", () => {
  const user = { id: "kp_x", profile: NONE } as User;
  const statesOf = (page: { markup: string }) =>
    [...page.markup.matchAll(/class="state \w+">([^<]+)</g)].map(([, text]) => text);

  test("calls a page closed only if the account does not have the claim", () => {
    expect(statesOf(homePage(user, "Ada", NONE))).toEqual(["open", "closed", "closed"]);
    expect(statesOf(homePage(user, "Ada", SUBSCRIBER))).toEqual(["open", "closed", "open"]);
    const unknown = "could not be checked";
    expect(statesOf(homePage(user, "Ada", undefined))).toEqual(["open", unknown, unknown]);
  });

  test("calls a page open if the token opens it, whatever the account has", () => {
    const subscriber = { ...user, profile: SUBSCRIBER } as User;
    expect(statesOf(homePage(subscriber, "Ada", undefined))[2]).toBe("open");
    expect(statesOf(homePage(subscriber, "Ada", NONE))[2]).toBe("open");
  });
});

describe("the notice", () => {
  const late = {
    arrived: false,
    rung: "revoke",
    remaining: ["silent"],
    ms: 9,
    problems: [],
  } as const;

  test("about a saved profile is not an alert, even if the token is still the old one", () => {
    const { markup } = noticeBox({ kind: "saved", freshness: late });
    expect(markup).toContain("Your profile is saved.");
    expect(markup).toContain("still gives out the earlier access token");
    expect(markup).not.toMatch(/alert|bad/);
  });

  test("about a fresh token that did not arrive is an alert, and does not say that it arrived", () => {
    const { markup } = noticeBox({ kind: "refreshed", freshness: late });
    expect(markup).toContain('role="alert"');
    expect(markup).not.toContain("You have a fresh access token");
  });

  test("about a grant names the user, without the whole id", () => {
    const about = { name: "Ada \u202eLovelace", userId: "kp_0123456789abcdef" };
    const { markup } = noticeBox({ kind: "granted", about });
    expect(markup).toContain("<bdi>Ada Lovelace</bdi> (<code>kp_…cdef</code>)");
    expect(noticeBox({ kind: "revoked", about: { ...about, name: "" } }).markup).toContain(
      "For the user (<code>kp_…cdef</code>)",
    );
  });
});

describe("text that a user typed", () => {
  test("is isolated, and cannot end its own isolation", () => {
    expect(userText("Ada\u2069\u202e <Admin>").markup).toBe("<bdi>Ada &#60;Admin&#62;</bdi>");
    expect(userText("عدا \u200fMIT").markup).toBe("<bdi>عدا \u200fMIT</bdi>");
  });

  test("is isolated everywhere in the back office", () => {
    const profile = {
      ...SUBSCRIBER,
      kinde_id: "kp_x",
      full_name: "Eve\u202e",
      company: "Corp\u2067",
    };
    const { markup } = backOfficePage(res, [profile]);
    const outside = markup.replace(/<bdi>[^<]*<\/bdi>/g, "");
    expect(markup.split("<bdi>Eve</bdi>")).toHaveLength(3);
    expect(outside).not.toMatch(/Eve|Corp|[\u202a-\u202e\u2066-\u2069]/);
  });
});
