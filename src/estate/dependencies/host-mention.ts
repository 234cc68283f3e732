import { findUrls } from "./find-urls.ts";
import { type HostAddress, isPlaceholderName, looksLikeFile, readHostName, readHostPort } from "./host-name.ts";

/**
 * A host that a value names.
 * `stated`: the value is there to say it, so an unknown host is an edge too; `passing`: found inside a longer text, so it
 * counts only when a Service answers to it.
 */
export interface HostMention extends HostAddress {
  readonly certainty: "stated" | "passing";
  /** How it is written: in a URL (or the server of a connection string), as `host:port`, or as a whole value. */
  readonly form: "url" | "address" | "name";
  /** What to show as evidence: no credentials, path or query. */
  readonly shown: string;
}

/** What of a key decides; keys of any length cost the same. */
const longestKey = 100;
/** A key such as ORDERS_HOST or `redis.url`, under which a whole value is a host. */
const hostKey = /(?:HOST|HOSTNAME|ADDR|ADDRESS|URL|URI|ENDPOINT)$/i;
/** Keys whose `name:number` is a version, not a port. */
const imageKey = /(?:IMAGE|TAG|VERSION|RELEASE)S?$/i;
/** Keys whose `name:number` may be a secret. */
const secretKey = /(?:PASS|PASSWORD|PASSWD|PWD|SECRET|TOKEN|CREDENTIALS?|AUTH|KEY|USER|USERNAME|LOGIN)$/i;
/** Keys of addresses that are handed to browsers or other callers, not called: an unknown host under them is no edge. */
const advertisedKey = /(?:CORS|ORIGINS?|REDIRECT|CALLBACK|LOGOUT|REFERR?ERS?)/i;
/** Where something listens, not where it calls. */
const listenKey = /(?:LISTEN|BIND)/i;
/** Links for readers. */
const documentationKey =
  /(?:^|[._-])(?:\$?schema|\$id|descriptions?|documentation|docs?|help|homepage|runbook|runbook_url|links?|icon|logo|license|licence|source|repository|repo|href|contact)$/i;

/** What a template, a shell or a person fills in later; `_` in its place is no part of a host name. */
const placeholder = /\$\{[^{}]*\}|\$\([^()]*\)|\$[A-Za-z_]\w*|\{\{[^{}]*\}\}|<[\w .-]*>/g;

/** `name=value` inside a connection string or an option. */
const assignment = /^-{0,2}([A-Za-z][\w. -]*?)\s*=\s*(.*)$/s;

/**
 * Hosts in a value under a key, by the only three forms that count: the host of a URL, a `host:port`, and a whole value
 * under a key that ends in HOST, HOSTNAME, ADDR, ADDRESS, URL, URI or ENDPOINT. Lists (commas, semicolons, blanks) and the
 * pairs of connection strings are looked into. A bare word elsewhere is never a host.
 */
export function findHostMentions(longKey: string, value: string): readonly HostMention[] {
  const key = longKey.slice(-longestKey);
  const text = value.trim().replace(placeholder, "_");
  if (text === "") return [];
  const urls = findUrls(text).map(
    (url): HostMention => mention(url, "url", key, `${optionBefore(text, url.start)}${url.shown}`),
  );
  // What stands around URLs is looked at only where it is a list or connection string of its own.
  if (urls.length > 0 && !/[;\s,]/.test(text)) return urls;
  return [...urls, ...addressesOf(key, text)];
}

/** `--upstream=` or `Endpoint=` right before a URL. */
function optionBefore(text: string, start: number): string {
  return /[\w.-]+=$/.exec(text.slice(Math.max(0, start - 60), start))?.[0] ?? "";
}

function addressesOf(key: string, text: string): readonly HostMention[] {
  const whole = readWholeValue(key, text);
  if (whole !== undefined) return [whole];
  const elements = text.split(/[,;\s]+/).filter((element) => element !== "" && !element.includes("://"));
  const read = elements.map((element) => readElement(key, element));
  // In prose a `word:number` is no list element; only a Service of that name makes it a host.
  const isList = read.every((found, position) => found !== undefined || elements[position]?.includes("="));
  const mentions = read.filter((found) => found !== undefined);
  return [
    ...readServerAndPort(key, text),
    ...mentions.map((found): HostMention => (isList ? found : { ...found, certainty: "passing" })),
  ];
}

/** An element of a list: `host:port`, or `name=value` with a host in the value. */
function readElement(key: string, element: string): HostMention | undefined {
  const pair = assignment.exec(element);
  const ownKey = pair === null ? key : (pair[1] ?? "");
  const value = (pair === null ? element : (pair[2] ?? "")).replace(/^["'([]+|["')\]]+$/g, "");
  const shownBefore = pair === null ? "" : `${ownKey}=`;
  const whole = pair === null ? undefined : readWholeValue(ownKey, value);
  if (whole !== undefined) return { ...whole, shown: `${shownBefore}${whole.shown}` };
  if (imageKey.test(ownKey) || secretKey.test(ownKey)) return undefined;
  const address = readAddress(ownKey, value);
  return address === undefined
    ? undefined
    : mention(address, "address", ownKey, `${shownBefore}${formatAddress(address)}`);
}

/** `host:port`, with a path behind it only where the key says that it is an address. */
function readAddress(key: string, value: string): HostAddress | undefined {
  const slash = hostKey.test(key) ? value.search(/[/?]/) : -1;
  const address = readHostPort(slash === -1 ? value : value.slice(0, slash));
  return address === undefined || looksLikeFile(address.host) ? undefined : address;
}

/** A value that is one host name and nothing else, under a key that says so. */
function readWholeValue(key: string, value: string): HostMention | undefined {
  if (!hostKey.test(key) || imageKey.test(key)) return undefined;
  const host = readHostName(value);
  if (host === undefined || isPlaceholderName(host) || looksLikeFile(host)) return undefined;
  // Hosts are written in lower case; anything else is a mode, a constant or a class.
  if (value.toLowerCase() !== value) return undefined;
  return mention({ host, port: undefined }, "name", key, host);
}

/** `Server=tcp:name.database.windows.net,1433`: the form of SQL Server, with a comma before the port. */
function readServerAndPort(key: string, text: string): readonly HostMention[] {
  const match =
    /(?:^|;)\s*(Server|Data Source|Address|Addr)\s*=\s*(?:tcp:)?([A-Za-z0-9.-]{1,253}),\s?(\d{1,5})\s*(?:;|$)/i.exec(
      text,
    );
  const address = match === null ? undefined : readHostPort(`${match[2]}:${match[3]}`);
  return address === undefined ? [] : [mention(address, "url", key, `${match?.[1]}=${formatAddress(address)}`)];
}

function mention(address: HostAddress, form: HostMention["form"], key: string, shown: string): HostMention {
  const handedOn = advertisedKey.test(key) || listenKey.test(key) || documentationKey.test(key);
  const { host, port } = address;
  return { host, port, form, certainty: handedOn ? "passing" : "stated", shown };
}

function formatAddress({ host, port }: HostAddress): string {
  return port === undefined ? host : `${host}:${port}`;
}
