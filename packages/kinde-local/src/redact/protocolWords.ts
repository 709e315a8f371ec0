import { SAMPLE_EVENTS } from "../events/sampleEvents.ts";

/**
 * Words of Kinde's protocol, of HTTP and of configuration files. A variable that holds one of them
 * holds no secret, whatever its name is: `TOKEN_LEVEL=info`, `TOKEN_KIND=accessToken`.
 */
const WORDS = `
  true false null undefined none yes no on off enabled disabled default
  debug info warn warning error log trace verbose silent
  accessToken idToken m2mToken access_token id_token refresh_token bearer basic
  claims logs fetches effects workflow trigger failurePolicy stop continue
  bundle introspect completed goesOn stoppedBy arguments level message status
  authorization_request refresh_token_request sign-in refresh required optional
  authenticated anonymous service_role postgres
  get head post put patch delete options connect
  http https localhost 127.0.0.1 production development staging testing
`;

const PROTOCOL_WORDS = new Set(
  [...WORDS.trim().split(/\s+/), ...Object.keys(SAMPLE_EVENTS)].map((word) => word.toLowerCase()),
);

export function isProtocolWord(text: string): boolean {
  return PROTOCOL_WORDS.has(text.trim().toLowerCase());
}
