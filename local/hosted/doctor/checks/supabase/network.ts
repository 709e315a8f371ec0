import { settingOf } from "../../../world.ts";
import type { Check } from "../../check.ts";
import { examineConnection } from "../../network/examineConnection.ts";
import { findHost } from "../../network/findHost.ts";

const why = "The workflow cannot read any profile, so every user's claims are false.";
const URL_SETTING = "SUPABASE_URL";

export const dnsCheck: Check = {
  code: "SUPABASE_DNS",
  title: "DNS of SUPABASE_URL",
  why,
  needs: [URL_SETTING],
  uses: ["dataApi", "functions"],
  isGate: true,
  examine: (world) => findHost(settingOf(world, URL_SETTING), URL_SETTING),
};

export const tlsCheck: Check = {
  code: "SUPABASE_TLS",
  title: "Connection and certificate of SUPABASE_URL",
  why,
  needs: [URL_SETTING],
  uses: ["dataApi", "functions"],
  isGate: true,
  examine: (world) => examineConnection(settingOf(world, URL_SETTING), URL_SETTING),
};
