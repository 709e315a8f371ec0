export const HELP = `Usage: kinde-claims relay [options]

Tells Kinde that the claims of users changed: takes the changes from the queue in Supabase and calls
refresh_claims for each user. It runs until it is stopped (Ctrl-C or SIGTERM); several may run at once.

Options:
  --once             tell Kinde about all waiting changes, then exit
  --json             print one JSON object for each batch on stdout
  --env-file <file>  read the settings from this file and not from the environment
  --help             show this help

Settings:
  SUPABASE_URL              the address of the project, https://<project>.supabase.co
  SUPABASE_SECRET_KEY       a secret key of the project, sb_secret_…
  KINDE_DOMAIN              your Kinde domain, https://example.kinde.com
  KINDE_M2M_CLIENT_ID       a machine-to-machine application of Kinde that has the scope
  KINDE_M2M_CLIENT_SECRET   update:user_refresh_claims of the Kinde Management API
  KINDE_M2M_AUDIENCE        the identifier of that API; <KINDE_DOMAIN>/api unless set

Exit codes: 0 done or stopped; 1 with --once, if changes are left; 2 a wrong option or setting.
`;
