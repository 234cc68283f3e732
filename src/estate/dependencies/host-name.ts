/** A host with its port, as a URL, an address or a connection string names it. */
export interface HostAddress {
  /** Lower case, without a trailing dot. */
  readonly host: string;
  readonly port: number | undefined;
}

const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
/** Service records: `_grpc._tcp.orders`. */
const recordLabel = /^_[a-z0-9-]+$/;
/** Prefixes by which clients are told to look up several addresses, as in `dnssrv+_grpc._tcp.store`. */
const lookupPrefix = /^(?:dns|dnssrv|dnssrvnoa)\+/;

/**
 * Names that stand where a host may stand and mean none: switches, placeholders, unknown values.
 */
const noHosts: ReadonlySet<string> = new Set(
  (
    "true false yes no on off none null nil undefined unset empty disabled enabled auto automatic any all default dynamic " +
    "changeme replaceme replace-me todo tbd example placeholder your-host hostname host"
  ).split(" "),
);

/** Endings of file names, which read like domains. */
const fileEndings: ReadonlySet<string> = new Set(
  (
    "yaml yml json toml ini conf cfg config properties xml env txt md log csv sh bash py js mjs cjs ts jar war go rs rb php " +
    "java class so dll exe html htm css map sql db sqlite pem crt cer key csr p12 pfx jks tar gz tgz zip sock pid lock tmpl tpl"
  ).split(" "),
);

/**
 * Reads a host name; undefined when the text is none: no valid labels, no letter, a placeholder. Not a host either: the pod
 * itself (`localhost`, loopback and unspecified addresses), link-local addresses (the metadata service), IPv6 literals.
 */
export function readHostName(text: string): string | undefined {
  if (text.length === 0 || text.length > 300) return undefined;
  const bare = text.toLowerCase().replace(lookupPrefix, "").replace(/\.$/, "");
  const labels = bare.split(".");
  while (labels.length > 1 && recordLabel.test(labels[0] ?? "")) labels.shift();
  const host = labels.join(".");
  if (host.length > 253 || !labels.every((part) => part.length <= 63 && label.test(part))) return undefined;
  if (isIpv4(host)) return isReachableIpv4(host) ? host : undefined;
  // The name of a Service starts with a letter; a top-level domain is no number.
  if (labels.length === 1 ? !/^[a-z]/.test(host) : !/[a-z]/.test(labels.at(-1) ?? "")) return undefined;
  return isOwnPod(host) || isIdentifier(host) ? undefined : host;
}

/** True for a word that stands for "no host" rather than for one. */
export function isPlaceholderName(host: string): boolean {
  return noHosts.has(host);
}

/** True for a name such as `app.properties`, which is a file unless a URL says otherwise. */
export function looksLikeFile(host: string): boolean {
  return host.includes(".") && fileEndings.has(host.slice(host.lastIndexOf(".") + 1));
}

export function isIpv4(host: string): boolean {
  const parts = host.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function isReachableIpv4(address: string): boolean {
  const [first = 0, second = 0] = address.split(".").map(Number);
  return first !== 0 && first !== 127 && first < 224 && !(first === 169 && second === 254);
}

/** Digests and UUIDs read like one long label. */
function isIdentifier(host: string): boolean {
  return /^[0-9a-f]{16,}$/.test(host) || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(host);
}

function isOwnPod(host: string): boolean {
  return (
    host === "localhost" || host.endsWith(".localhost") || host === "localhost.localdomain" || host === "ip6-localhost"
  );
}

/** Reads a port; undefined when it is no number from 1 to 65535. */
export function readPort(text: string): number | undefined {
  if (!/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= 65535 ? port : undefined;
}

/** Reads `host:port`; the host must hold a letter or be an address, so `12:30` is none. */
export function readHostPort(text: string): HostAddress | undefined {
  const colon = text.lastIndexOf(":");
  if (colon <= 0) return undefined;
  const port = readPort(text.slice(colon + 1));
  const host = port === undefined ? undefined : readHostName(text.slice(0, colon));
  return host === undefined ? undefined : { host, port };
}
