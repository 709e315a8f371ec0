import { type AnyNode, isNode } from "../AnyNode.ts";
import { type Finding, finding } from "../Finding.ts";
import { memberPath } from "../memberPath.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

const COMMON = ["azp", "exp", "iat", "iss", "nbf", "sid", "sub", "act", "aud"];

/** Claims that a workflow must not set (from the types of @kinde/infrastructure 0.9.0). */
const PROHIBITED_CLAIMS: Record<string, readonly string[]> = {
  accessToken: [...COMMON, "jti", "scp"],
  idToken: [...COMMON, "auth_time", "jti", "updated_at", "rat"],
  m2mToken: [...COMMON, "gty", "jti", "scp"],
};

/**
 * Finds `setCustomClaim("sub", …)`, and `claims.sub = …` on the result of a function of the
 * package.
 */
export function checkClaims(source: WorkflowSource): Finding[] {
  const proxies = claimVariables(source);
  return source.analysis.own.of("CallExpression", "AssignmentExpression").flatMap(({ node }) => {
    const written = directClaim(node) ?? proxyClaim(node, proxies);
    if (!written || !PROHIBITED_CLAIMS[written.token]?.includes(written.claim)) return [];
    const place = source.at(node);
    if (!place) return [];
    return [
      finding(
        "prohibited-claim",
        place,
        `Only Kinde may set the claim "${written.claim}" of the ${written.token}.`,
        `Choose another name, such as "my_${written.claim}".`,
      ),
    ];
  });
}

interface Written {
  token: string;
  claim: string;
}

function directClaim(node: AnyNode): Written | null {
  if (node.type !== "CallExpression") return null;
  const path = memberPath(node.callee);
  const [first] = node.arguments as AnyNode[];
  if (path?.[0] !== "kinde" || path[2] !== "setCustomClaim" || typeof first?.value !== "string")
    return null;
  return { token: path[1] ?? "", claim: first.value };
}

function proxyClaim(node: AnyNode, proxies: Map<string, string>): Written | null {
  if (node.type !== "AssignmentExpression" || !isNode(node.left)) return null;
  const { left } = node;
  if (left.type !== "MemberExpression" || !isNode(left.object) || !isNode(left.property))
    return null;
  const token = proxies.get(String(left.object.name));
  const claim = left.computed ? left.property.value : left.property.name;
  return token === undefined || typeof claim !== "string" ? null : { token, claim };
}

/**
 * The token of each variable that holds the result of a function that calls
 * `kinde.<token>.getCustomClaims()`, such as `accessTokenCustomClaims` of the package.
 */
function claimVariables({ analysis }: WorkflowSource): Map<string, string> {
  const makers = new Map<string, string>();
  for (const visit of analysis.nodes.of("MemberExpression")) {
    const path = memberPath(visit.node);
    if (path?.[0] !== "kinde" || path[2] !== "getCustomClaims") continue;
    const maker = visit.parents.find(({ type }) => type === "FunctionDeclaration");
    if (maker && isNode(maker.id)) makers.set(String(maker.id.name), path[1] ?? "");
  }
  const variables = new Map<string, string>();
  for (const { node } of analysis.nodes.of("VariableDeclarator")) {
    if (!isNode(node.init) || !isNode(node.id)) continue;
    const callee =
      node.init.type === "CallExpression" && isNode(node.init.callee) ? node.init.callee : null;
    const token = callee ? makers.get(String(callee.name)) : undefined;
    if (token !== undefined) variables.set(String(node.id.name), token);
  }
  return variables;
}
