import { z } from "zod";

// The properties that we read from answers of Kinde's Management API. Kinde documents all of them
// as optional.

export const environmentVariable = z.object({
  id: z.string(),
  key: z.string(),
  /** Null or absent if the variable is sensitive. */
  value: z.string().nullish(),
  is_secret: z.boolean().optional(),
});
export type EnvironmentVariable = z.infer<typeof environmentVariable>;

export const environmentVariables = z.object({
  has_more: z.boolean().optional(),
  environment_variables: z.array(environmentVariable).default([]),
});

export const webhook = z.object({
  id: z.string(),
  name: z.string().optional(),
  endpoint: z.string(),
  event_types: z.array(z.string()).default([]),
});
export type Webhook = z.infer<typeof webhook>;
export const webhooks = z.object({ webhooks: z.array(webhook).default([]) });

export const permission = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string().optional(),
});
export type Permission = z.infer<typeof permission>;
export const permissions = z.object({
  permissions: z.array(permission).default([]),
  next_token: z.string().nullish(),
});

export const callbackUrls = z.object({ redirect_urls: z.array(z.string()).default([]) });
export const logoutUrls = z.object({ logout_urls: z.array(z.string()).default([]) });

export const application = z.object({
  application: z.object({
    name: z.string().optional(),
    type: z.string().optional(),
    client_id: z.string().optional(),
  }),
});
export type Application = z.infer<typeof application>["application"];
