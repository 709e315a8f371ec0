import { KindeProvider } from "@kinde-oss/kinde-auth-react";
import { claimsAgree } from "kinde-claims";
import { type ComponentProps, type ReactNode, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { profileClaims } from "../claims/profileClaims.ts";
import { isKindeReachable } from "../freshness/isKindeReachable.ts";
import type { Settings } from "../settings/readSettings.ts";
import { withNotice } from "./notice.ts";
import { SessionProvider } from "./SessionProvider.tsx";
import { explainFailure, type SignInFailure } from "./signInFailure.ts";
import { type SignInTask, unpackTask } from "./signInTask.ts";

type Callbacks = NonNullable<ComponentProps<typeof KindeProvider>["callbacks"]>;

/** The error that the SDK reports if the visitor is not signed in. */
const NO_SESSION = "No refresh token found";

/** The provider of Kinde's SDK, with what this app does after a sign-in that works or fails. */
export function KindeSession({ settings, children }: { settings: Settings; children: ReactNode }) {
  const { domain, clientId, redirectUrl } = settings.kinde;
  const navigate = useNavigate();
  const [failure, setFailure] = useState<SignInFailure>();
  const [isAway, setIsAway] = useState(false);

  const callbacks = useMemo<Callbacks>(
    () => ({
      async onSuccess(_user, state, { getClaims }) {
        const task = unpackTask(state);
        const notice = noticeAfter(task, await getClaims());
        await navigate(task.returnTo, { replace: true, state: withNotice(notice) });
      },
      async onError({ error, errorDescription }) {
        if (error === "ERR_CHECK_AUTH") {
          if (errorDescription !== NO_SESSION && !(await isKindeReachable(domain))) setIsAway(true);
        } else if (error !== "ERR_REFRESH_TOKEN") {
          setFailure(explainFailure({ error, errorDescription }));
        }
      },
    }),
    [domain, navigate],
  );

  return (
    <KindeProvider
      domain={domain}
      clientId={clientId}
      redirectUri={redirectUrl}
      logoutUri={window.location.origin}
      callbacks={callbacks}
      forceChildrenRender
      // With a custom domain, Kinde keeps the refresh token in a cookie. This works only if the app
      // is on the same site. An app on localhost is not, so there the SDK uses localStorage.
      useInsecureForRefreshToken={["localhost", "127.0.0.1"].includes(window.location.hostname)}
    >
      <SessionProvider settings={settings} failure={failure} away={[isAway, setIsAway]}>
        {children}
      </SessionProvider>
    </KindeProvider>
  );
}

/** The notice after a silent sign-in that was the last step of an action of the user. */
function noticeAfter({ silent }: SignInTask, payload: unknown) {
  if (!silent?.notice) return undefined;
  const arrived = claimsAgree(profileClaims.read(Object(payload)), silent.expected);
  const freshness = { arrived, rung: "silent", ms: Date.now() - silent.at } as const;
  return { kind: silent.notice, freshness };
}
