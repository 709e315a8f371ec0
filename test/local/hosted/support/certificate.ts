import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { close, listen } from "../../../../local/http/listen.ts";

export interface TlsServer {
  /** `https://localhost:…`. */
  readonly url: string;
  /** The file of the certificate, which signs itself. */
  readonly certificate: string;
  stop(): Promise<void>;
}

/** Starts an https server on this machine whose certificate, made with OpenSSL, is valid for some days. */
export async function startTlsServer(folder: string, days: number): Promise<TlsServer> {
  const key = join(folder, `${days}.key.pem`);
  const certificate = join(folder, `${days}.certificate.pem`);
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
      ...["-days", String(days), "-keyout", key, "-out", certificate],
    ],
    { stdio: "ignore" },
  );
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) });
  server.on("request", (_, response) => response.writeHead(404).end());
  const port = await listen(server);
  return { url: `https://localhost:${port}`, certificate, stop: () => close(server) };
}
