import { quantile } from "../command/quantile.ts";
import { alignColumns } from "../command/table.ts";
import type { FreshnessMode } from "../issuer/index.ts";
import { createHttpBrowser, register } from "./httpBrowser.ts";
import { startLocalApp } from "./startLocalApp.ts";

/** The times in milliseconds for one of the ways in which Kinde may behave. */
export interface Measurement {
  /** What Kinde needs before a changed row shows in a token. */
  readonly kindeNeeds: FreshnessMode;
  /** The step of the app after which the token had the new claim. */
  readonly step: string;
  readonly runs: number;
  /** From the moment the row is saved until the claim is in the session's token. */
  readonly savedToToken: Spread;
  /** From sending the form until the next page, which shows `profile_complete: true`. */
  readonly sentToPage: Spread;
}

export interface Spread {
  readonly median: number;
  readonly slowest: number;
}

const MODES: readonly FreshnessMode[] = ["refresh", "refresh_claims", "revoke", "silent"];

/**
 * Measures on this machine how long a new user waits between saving the form and the claim. A
 * hosted Kinde adds its own network and computing time.
 */
export async function measure(
  runs: number,
  onProgress: (text: string) => void,
): Promise<Measurement[]> {
  const lines: string[] = [];
  const app = await startLocalApp({ onProgress, log: (line) => void lines.push(line) });
  try {
    const measurements: Measurement[] = [];
    // The first sign-in loads modules, connections and keys, which a running app already has.
    await once("warm-up");
    for (const mode of MODES) {
      onProgress(`Measuring, while Kinde needs ${mode}`);
      app.kinde.freshness = mode;
      const all: Awaited<ReturnType<typeof once>>[] = [];
      for (let run = 0; run < runs; run++) all.push(await once(`${mode}-${run}`));
      measurements.push({
        kindeNeeds: mode,
        step: all[0]?.step ?? "none",
        runs,
        savedToToken: spread(all.map(({ savedToToken }) => savedToToken)),
        sentToPage: spread(all.map(({ sentToPage }) => sentToPage)),
      });
    }
    return measurements;
  } finally {
    await app.stop();
  }

  async function once(name: string) {
    const browser = createHttpBrowser();
    await register(browser, app.url, `${name}@example.com`);
    await browser.open(`${app.url}/profile`);
    lines.length = 0;
    const sentAt = performance.now();
    const page = await browser.submit("/profile", { full_name: "Mary Jackson", company: "NACA" });
    const sentToPage = performance.now() - sentAt;
    const told = /<code>profile_complete<\/code><\/dt>\s*<dd><strong>true/.test(page.body)
      ? /(refreshed|replaced|silently) in (\d+) ms/.exec(page.body)
      : null;
    if (!told) throw new Error(`the claim did not arrive: ${lines.join(" | ")}`);
    const step = { refreshed: "refresh", replaced: "revoke" }[told[1] ?? ""] ?? "silent sign-in";
    return { step, savedToToken: Number(told[2]), sentToPage };
  }
}

function spread(values: readonly number[]): Spread {
  return {
    median: Math.round(quantile(values, 0.5)),
    slowest: Math.round(quantile(values, 1)),
  };
}

/** The measurements as a table for people. */
export function toTable(measurements: readonly Measurement[]): string {
  const rows = measurements.map(({ kindeNeeds, step, runs, savedToToken, sentToPage }) => [
    kindeNeeds,
    step,
    String(runs),
    `${savedToToken.median} / ${savedToToken.slowest}`,
    `${sentToPage.median} / ${sentToPage.slowest}`,
  ]);
  const head = ["Kinde needs", "claim after", "runs", "saved to token", "sent to page shown"];
  return `${alignColumns([head, ...rows])}\n\nMilliseconds, median / slowest.\n`;
}
