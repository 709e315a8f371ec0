import { createVerifier, KeySetUnavailableError, TokenError } from "kinde-claims";
import { useEffect, useState } from "react";
import { profileClaims } from "../claims/profileClaims.ts";
import type { Settings } from "../settings/readSettings.ts";

interface Props {
  readonly accessToken: string;
  readonly settings: Settings;
}

const CHECKING = "The token is being checked.";
const CHECKED =
  "This browser checked the signature, the issuer, the application and the times. The check is only for display: the owner of a browser can change what runs in it. So a server, such as Supabase, must check the token again before it returns protected data.";
const NOT_CHECKED =
  "The token could not be checked in this browser, because Kinde's keys could not be fetched. Supabase checks it with every request.";

/** Verifies the token, for display only. */
export function Verification({ accessToken, settings }: Props) {
  const { domain, clientId } = settings.kinde;
  const [sentence, setSentence] = useState(CHECKING);
  useEffect(() => {
    let isCurrent = true;
    const verifier = createVerifier({ issuer: domain, clients: [clientId], claims: profileClaims });
    const show = (text: string) => {
      if (isCurrent) setSentence(text);
    };
    verifier.verify(accessToken).then(
      () => show(CHECKED),
      (error: unknown) => show(explain(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [accessToken, domain, clientId]);
  return <p>{sentence}</p>;
}

function explain(error: unknown): string {
  if (error instanceof KeySetUnavailableError) return NOT_CHECKED;
  return `The token is not valid: ${error instanceof TokenError ? error.message : "it could not be read"}.`;
}
