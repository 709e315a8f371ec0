import { type Examination, failed, ok, warning } from "../check.ts";
import { connect } from "./connect.ts";

const DAY_MS = 86_400_000;
/** A certificate that renews itself does so a month before its end. */
const SOON_DAYS = 14;

/** OpenSSL's reasons to refuse a certificate, and what they mean. */
const CERTIFICATE_PROBLEMS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet, or this machine's clock is wrong",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is of another host",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by an authority that Node does not know",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate is signed by an unknown authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "it does not send all certificates of its chain",
};

/**
 * Connects to the host of a URL, and judges its certificate. Plain http, which the settings allow for this
 * machine only, has no certificate.
 *
 * @param setting the name of the setting that holds the URL
 */
export async function examineConnection(url: string, setting: string): Promise<Examination> {
  const { host, protocol } = new URL(url);
  const connection = await connect(url);
  if (!connection.isOpen) return refused(host, setting, connection.code);
  if (protocol === "http:") return ok(`${host} accepts connections, without TLS on this machine`);
  const { validTo, protocol: version } = connection;
  const days = Math.floor(((validTo?.getTime() ?? 0) - Date.now()) / DAY_MS);
  const seen = `${version}, the certificate is valid for ${days} days`;
  if (days >= SOON_DAYS) return ok(seen);
  return warning(
    seen,
    `Renew the certificate of ${host}, or find out why it was not renewed automatically.`,
  );
}

function refused(host: string, setting: string, code: string): Examination {
  const problem = CERTIFICATE_PROBLEMS[code];
  if (problem !== undefined) {
    return failed(
      `${host}: ${problem} (${code})`,
      "If a proxy on your network signs certificates, set NODE_EXTRA_CA_CERTS to its authority; otherwise renew the certificate of the custom domain.",
    );
  }
  const happened =
    code === "ECONNREFUSED"
      ? `${host} refuses connections`
      : code === "ETIMEDOUT"
        ? `${host} does not answer`
        : `no connection to ${host} (${code})`;
  return failed(
    happened,
    `Check ${setting}, this machine's network, and the vendor's status page.`,
  );
}
