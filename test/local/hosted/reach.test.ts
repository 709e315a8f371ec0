import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { judgeNode } from "../../../local/hosted/doctor/checks/common/versions.ts";
import { judgeReach } from "../../../local/hosted/doctor/probe/judgeReach.ts";
import { reach } from "../../../local/hosted/doctor/probe/reach.ts";
import { close, listen } from "../../../local/http/listen.ts";

const CURES = { wrongName: "Correct the name.", away: "Try again." };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reach-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A server on this machine with a certificate that it signed itself. */
async function startTlsServer(days: number): Promise<{ url: string; ca: string }> {
  const [keyFile, certFile] = [join(folder, `${days}.key`), join(folder, `${days}.pem`)];
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const kind = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", String(days)];
  execFileSync("openssl", [...kind, ...name, "-keyout", keyFile, "-out", certFile], {
    stdio: "pipe",
  });
  const ca = readFileSync(certFile, "utf8");
  const server: Server = createServer({ key: readFileSync(keyFile), cert: ca }, (_, response) => {
    response.end();
  });
  const port = await listen(server);
  onTestFinished(() => close(server));
  return { url: `https://localhost:${port}`, ca };
}

const judged = async (url: string, ca?: string) =>
  judgeReach("the host", await reach(url, { timeLimitMs: 2_000, ...(ca && { ca }) }), CURES);

test("a certificate that this machine does not trust is wrong", async () => {
  const { url } = await startTlsServer(90);
  expect(await judged(url)).toMatchObject({
    status: "failed",
    seen: "the host has a TLS certificate that is not valid for it (DEPTH_ZERO_SELF_SIGNED_CERT)",
    cure: "Correct the name.",
  });
});

test("a certificate for another name is wrong", async () => {
  const { url, ca } = await startTlsServer(90);
  expect(await judged(url.replace("localhost", "127.0.0.1"), ca)).toMatchObject({
    seen: "the host has a TLS certificate that is not valid for it (ERR_TLS_CERT_ALTNAME_INVALID)",
  });
});

test("a certificate that ends in less than 14 days is a warning", async () => {
  const { url, ca } = await startTlsServer(7);
  expect(await judged(url, ca)).toMatchObject({
    status: "warning",
    seen: expect.stringMatching(/^the certificate of the host ends in [67] days$/),
  });
});

test("a valid certificate passes", async () => {
  const { url, ca } = await startTlsServer(90);
  expect(await judged(url, ca)).toMatchObject({ status: "ok" });
});

test("a server that does not answer in time is unreachable", async () => {
  const server = createHttpServer(() => undefined);
  const port = await listen(server);
  onTestFinished(() => close(server));
  expect(await judged(`http://127.0.0.1:${port}`)).toMatchObject({
    seen: "the host does not answer in time (ETIMEDOUT)",
    cure: "Try again.",
  });
});

test.each([
  ["18.20.4", "failed"],
  ["20.18.1", "failed"],
  ["20.19.0", "ok"],
  ["24.1.0", "ok"],
])("Node %s: %s", (version, status) => {
  expect(judgeNode(version).status).toBe(status);
});

test("VERSION_NODE: names an old version and the one to install", () => {
  expect(judgeNode("18.20.4")).toMatchObject({
    status: "failed",
    seen: "18.20.4",
    cure: "Install Node 20.19 or newer.",
  });
});
