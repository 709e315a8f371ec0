import type { ReactNode } from "react";
import { SetUpSteps } from "@/app/unavailable/SetUpSteps";
import { readReturnTo } from "@/lib/web/readReturnTo";

export const metadata = { title: "Not now" };

interface Props {
  searchParams: Promise<{ service?: string | string[]; return_to?: string | string[] }>;
}

/**
 * Shown while a service cannot be reached, or if the set-up is not complete. `proxy.ts` sets status
 * 503, and a header with which the browser opens the page in `return_to` after some seconds.
 */
export default async function Page({ searchParams }: Props) {
  const { service, return_to } = await searchParams;
  const returnTo = readReturnTo(return_to);
  if (service === "set-up") return <SetUpSteps returnTo={returnTo} />;
  if (service === "kinde") {
    return (
      <Unavailable title="The sign-in service cannot be reached just now" returnTo={returnTo}>
        The app cannot check whether you are signed in, so the pages stay closed for the moment.
      </Unavailable>
    );
  }
  return (
    <Unavailable title="Your profile cannot be read just now" returnTo={returnTo}>
      You are signed in, and nothing is lost. Pages that need your profile stay closed until it can
      be read again.
    </Unavailable>
  );
}

function Unavailable(props: { title: string; returnTo: string; children: ReactNode }) {
  return (
    <>
      <h1>{props.title}</h1>
      <p className="lead">{props.children}</p>
      <p>
        This page tries again by itself every few seconds. <a href={props.returnTo}>Try again now</a>
      </p>
    </>
  );
}
