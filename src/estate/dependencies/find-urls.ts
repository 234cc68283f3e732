import { appendAll } from "../kubernetes/append-all.ts";
import { type HostAddress, readHostName, readHostPort, readPort } from "./host-name.ts";

/** One host of a URL, and the URL as it may be shown: scheme and host, without credentials, path and query. */
export interface UrlHost extends HostAddress {
  readonly shown: string;
  /** Where the URL starts in the text. */
  readonly start: number;
}

const schemeStart = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,30}):\/\//gi;
/** What a URL ends at, before its path: blanks, quotes, brackets of the text around it. */
const headPattern = /[^\s/"'`<>\\|(){}]*/y;
const wordPattern = /[^\s"'`<>]*/y;
const oracle = /jdbc:oracle:[a-z]{1,10}:[^\s@"']{0,200}@(?:\/\/)?([a-z0-9.-]{1,253}:\d{1,5})/gi;

/** Schemes that name no host of the network: files, buckets, images, identities. */
const hostlessSchemes: ReadonlySet<string> = new Set(
  (
    "file unix unixgram unixpacket http+unix npipe pipe data urn s3 s3a s3n gs oci docker docker-image containerd spiffe " +
    "secret secretref vault env ref k8s awskms azurekms gcpkms classpath resource res static inline arn chrome-extension " +
    "android-app exec memory mem inmemory"
  ).split(" "),
);
/** gRPC and resolver schemes that put the target into the path: `dns:///orders:8080`. */
const targetInPathSchemes: ReadonlySet<string> = new Set(["dns", "passthrough", "kubernetes", "xds", "discovery"]);
/** Schemes in which `?`, `#` and `;` always end the host, so an `@` behind them is no end of credentials. */
const strictSchemes: ReadonlySet<string> = new Set([
  "http",
  "https",
  "ws",
  "wss",
  "grpc",
  "grpcs",
  "tcp",
  "udp",
  "sqlserver",
  "sb",
]);

/** Every host that a URL in the text names, in the order of the text; several where one URL lists several. */
export function findUrls(text: string): readonly UrlHost[] {
  const hosts: UrlHost[] = [];
  let wordEnd = 0;
  let queryStart = -1;
  for (const match of text.matchAll(schemeStart)) {
    if (match.index >= wordEnd) {
      wordEnd = endOfWord(text, match.index);
      queryStart = text.slice(match.index, wordEnd).indexOf("?");
      if (queryStart !== -1) queryStart += match.index;
    }
    // A URL that is a parameter of another one is handed on, not called.
    if (queryStart !== -1 && match.index > queryStart && text[match.index - 1] === "=") continue;
    appendAll(hosts, readUrl(text, (match[1] ?? "").toLowerCase(), match.index, match.index + match[0].length));
  }
  for (const match of text.matchAll(oracle)) {
    const address = readHostPort(match[1] ?? "");
    if (address !== undefined)
      hosts.push({ ...address, shown: `jdbc:oracle:[redacted]@${match[1]}`, start: match.index });
  }
  return hosts;
}

function endOfWord(text: string, start: number): number {
  wordPattern.lastIndex = start;
  return start + (wordPattern.exec(text)?.[0].length ?? 0);
}

function readUrl(text: string, scheme: string, start: number, from: number): readonly UrlHost[] {
  if (hostlessSchemes.has(scheme)) return [];
  const inPath = targetInPathSchemes.has(scheme) && text[from] === "/";
  const headStart = inPath ? from + 1 : from;
  headPattern.lastIndex = headStart;
  const head = headPattern.exec(text)?.[0] ?? "";
  const hasCredentials = credentialsEnd(scheme, head) > 0;
  const rest = head.slice(credentialsEnd(scheme, head));
  const authority = rest.split(/[?#;]/, 1)[0] ?? "";
  // The name goes on in a placeholder: `http://orders{{ .suffix }}`.
  if (authority.length === rest.length && /[{<]/.test(text[headStart + head.length] ?? "")) return [];
  const prefix = `${scheme}:${inPath ? "///" : "//"}${hasCredentials ? "[redacted]@" : ""}`;
  return authority.split(",").flatMap((part): UrlHost[] => {
    const address = readAuthority(part);
    if (address === undefined) return [];
    const shown = `${prefix}${address.host}${address.port === undefined ? "" : `:${address.port}`}`;
    return [{ ...address, shown, start }];
  });
}

/** Index behind the `@` that ends the credentials; 0 when there are none. Passwords are not always escaped. */
function credentialsEnd(scheme: string, head: string): number {
  const searched = strictSchemes.has(scheme) ? (head.split(/[?#;]/, 1)[0] ?? "") : head;
  return searched.lastIndexOf("@") + 1;
}

function readAuthority(text: string): HostAddress | undefined {
  const colon = text.indexOf(":");
  const host = readHostName(colon === -1 ? text : text.slice(0, colon));
  if (host === undefined) return undefined;
  if (colon === -1) return { host, port: undefined };
  const port = readPort(text.slice(colon + 1));
  return port === undefined ? undefined : { host, port };
}
