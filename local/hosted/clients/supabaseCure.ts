/** What to do when a request to Supabase's Management API fails. */
export function supabaseCure(ref: string): (status: number | undefined) => string {
  return (status) => {
    switch (status) {
      case undefined:
        return "Check the network, then run the command again: it continues where it stopped.";
      case 401:
        return "Make a new access token at https://supabase.com/dashboard/account/tokens and put it into SUPABASE_ACCESS_TOKEN.";
      case 403:
        return `The access token's user needs the role Owner or Administrator in the organization of the project ${ref}.`;
      case 404:
        return `Check SUPABASE_PROJECT_REF (${ref}): it is in the address of the project's dashboard, and the access token's user must be able to see the project.`;
      case 429:
        return "Wait a minute, then run the command again: it continues where it stopped.";
      default:
        return status >= 500
          ? "See https://status.supabase.com, then run the command again: it continues where it stopped."
          : "Read Supabase's own message above, fix what it names, then run the command again.";
    }
  };
}
