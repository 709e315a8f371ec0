/** What the inspector's script and stylesheet need on a page, by directive. */
const NEEDED = ["script-src", "style-src", "connect-src"];

/**
 * Returns the policy, changed so that the page may load files of its own server.
 *
 * @param policy the header `Content-Security-Policy` of the page
 */
export function allowOwnFiles(policy: string): string {
  const directives = policy
    .split(";")
    .map((directive) => directive.trim().split(/\s+/))
    .filter(([name]) => name);
  const fallback = directives.find(([name]) => name === "default-src");
  for (const name of NEEDED) {
    let directive = directives.find(([other]) => other === name);
    if (directive === undefined) {
      // Without default-src, everything is allowed.
      if (fallback === undefined) continue;
      directive = [name, ...fallback.slice(1)];
      directives.push(directive);
    }
    if (directive.includes("'self'")) continue;
    const sources = directive.slice(1).filter((source) => source !== "'none'");
    directive.splice(1, directive.length, ...sources, "'self'");
  }
  return directives.map((directive) => directive.join(" ")).join("; ");
}
