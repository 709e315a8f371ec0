import { z } from "zod";
import { settingOf, type World } from "../../../world.ts";
import { fetchJson } from "../../probe/fetchJson.ts";
import { reach } from "../../probe/reach.ts";

const DISCOVERY = "/.well-known/openid-configuration";

const discovery = z.object({
  issuer: z.string(),
  jwks_uri: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
});

/** A public key. The members besides these three depend on its type. */
const publicKey = z.looseObject({
  kty: z.string(),
  kid: z.string().optional(),
  alg: z.string().optional(),
});
const keySet = z.object({ keys: z.array(publicKey) });

/** Whether Kinde can be reached, and what its clock says. */
export const probeKinde = (world: World) => reach(settingOf(world, "KINDE_DOMAIN") + DISCOVERY);

/** Kinde's discovery document, or why it cannot be used. */
export const readDiscovery = (world: World) =>
  fetchJson(settingOf(world, "KINDE_DOMAIN") + DISCOVERY, discovery);

/** The public keys with which Kinde signs its tokens, or why they cannot be used. */
export const readKeys = (world: World) =>
  fetchJson(`${settingOf(world, "KINDE_DOMAIN")}/.well-known/jwks.json`, keySet);
