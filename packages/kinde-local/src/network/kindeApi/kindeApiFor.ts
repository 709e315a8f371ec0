import { SAMPLE_EVENTS } from "../../events/sampleEvents.ts";
import type { JsonObject, KindeApiContent, NetworkOptions } from "../../types.ts";
import { answerReply } from "../answers/answerReply.ts";
import type { Hop, Responder } from "../client/Hop.ts";
import { requestUrl } from "../client/requestUrl.ts";
import { asRecord, type KindeApi, toKindeApi } from "./KindeApi.ts";
import { readContent } from "./readContent.ts";
import { findRoute } from "./routes.ts";
import { sampleContent } from "./sampleContent.ts";

const { context: SAMPLE } = SAMPLE_EVENTS["user:tokens_generation"];

/**
 * Imitates Kinde's own API at the event's domain. Returns an empty list if the imitation is off.
 */
export function kindeApiFor(
  { kindeApi, network }: NetworkOptions,
  event: JsonObject,
  hasStandIn: boolean,
): Responder[] {
  const { domains, user, organization } = asRecord(event.context);
  const domain = asRecord(domains).kindeDomain;
  if (kindeApi === false || typeof domain !== "string") return [];
  const isImplied = domain === SAMPLE.domains.kindeDomain || network === false;
  if (kindeApi === undefined && (hasStandIn || !isImplied)) return [];
  if (kindeApi !== undefined && kindeApi !== true) {
    const content = readContent(kindeApi);
    return [respondAt(domain, () => content)];
  }
  const userId = textOr(asRecord(user).id, SAMPLE.user.id);
  const orgCode = textOr(asRecord(organization).code, SAMPLE.organization.code);
  return [respondAt(domain, () => sampleContent(userId, orgCode))];
}

/**
 * Answers the requests to this domain. The first request makes the data from the content; the later
 * ones use the same data.
 */
function respondAt(domain: string, content: () => KindeApiContent): Responder {
  const start = domain.replace(/\/+$/, "").toLowerCase();
  let api: KindeApi | undefined;
  return (hop) => {
    const { base, query } = requestUrl(hop);
    if (!base.startsWith(`${start}/`)) return null;
    const route = findRoute(hop.method, base.slice(start.length));
    if (!route) return null;
    api ??= toKindeApi(content());
    const answer = route.handler(api, {
      ids: route.ids.map(decode),
      query: new URLSearchParams(query),
      body: bodyOf(hop),
    });
    return answerReply(answer, "kindeApi");
  };
}

function bodyOf({ body, headers }: Hop): Record<string, unknown> {
  if (body === null) return {};
  if (headers.get("content-type")?.includes("x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  try {
    return asRecord(JSON.parse(body));
  } catch {
    return {};
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
