import type { KindeApiContent } from "../../types.ts";

/** The default content of the Management API. It fits the event of the run. */
export function sampleContent(userId: string, orgCode: string): KindeApiContent {
  return {
    users: [
      {
        id: userId,
        email: "ada@example.com",
        first_name: "Ada",
        last_name: "Lovelace",
        properties: { plan: "pro" },
        organizations: { [orgCode]: ["admin"] },
      },
    ],
    organizations: [{ code: orgCode, name: "Example" }],
    roles: [
      { key: "admin", name: "Admin" },
      { key: "member", name: "Member" },
    ],
    properties: [{ key: "plan", name: "Plan" }],
  };
}
