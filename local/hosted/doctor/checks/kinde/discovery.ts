import { settingOf } from "../../../world.ts";
import { type Check, failed, ok } from "../../check.ts";
import { remember } from "../../remember.ts";
import { readDiscovery, readKeys } from "./readKinde.ts";

const TRY_AGAIN =
  "Open the address in a browser; if it fails there too, see https://status.kinde.com.";

export const discoveryCheck: Check = {
  code: "KINDE_DISCOVERY",
  title: "Kinde's discovery document",
  why: "Apps and Supabase compare the issuer in a token with the issuer in this document. If the two differ, apps and Supabase refuse every token.",
  needs: ["KINDE_DOMAIN"],
  uses: ["kinde"],
  async examine(world) {
    const domain = settingOf(world, "KINDE_DOMAIN");
    const found = await remember(world, readDiscovery);
    if ("problem" in found) return failed(found.problem, TRY_AGAIN);
    const { issuer } = found.value;
    if (issuer === domain) return ok(`the issuer is ${issuer}`);
    const cure = `Set KINDE_DOMAIN to ${issuer}, or correct the custom domain in Kinde.`;
    return failed(`the issuer is ${issuer}, and KINDE_DOMAIN is ${domain}`, cure);
  },
};

export const keysCheck: Check = {
  code: "KINDE_KEYS",
  title: "Kinde's public keys",
  why: "A token names the key that signed it. Without this key, no app can verify the token.",
  needs: ["KINDE_DOMAIN"],
  uses: ["kinde"],
  async examine(world) {
    const found = await remember(world, readKeys);
    if ("problem" in found) return failed(found.problem, TRY_AGAIN);
    const usable = found.value.keys.filter(({ kty, kid }) => kty === "RSA" && kid);
    if (usable.length > 0) return ok(`${usable.length} RSA key${usable.length > 1 ? "s" : ""}`);
    return failed("no RSA key with a kid", "Ask Kinde's support: every environment has such keys.");
  },
};
