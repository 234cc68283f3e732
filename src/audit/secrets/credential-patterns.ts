/** Texts that are credentials wherever they stand. Bounded repetitions only, since they run over every text of the input. */
const patterns: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "a private key", pattern: /-----BEGIN (?:[A-Z]{2,12} )?PRIVATE KEY-----/ },
  { what: "a storage or bus key in a connection string", pattern: /(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{20,}/ },
  { what: "a shared access signature", pattern: /[?&]sig=[A-Za-z0-9%+/]{20,}/ },
  { what: "a password in a connection string", pattern: /(?:^|;)\s{0,3}(?:Password|Pwd)\s{0,3}=\s{0,3}[^;\s]{3,}/i },
  { what: "a password in an address", pattern: /\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s:/@]{1,100}:[^\s/@]{3,200}@/ },
  { what: "an access token of GitHub", pattern: /\bgh[pousr]_[A-Za-z0-9]{30,}/ },
  { what: "an access key of AWS", pattern: /\bAKIA[0-9A-Z]{16}\b/ },
  { what: "a token of Slack", pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}/ },
  { what: "a signed token", pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/ },
];

/** A whole value that only points at the secret: a variable, a placeholder of a tool, or something encrypted. */
const reference = /\$\{?[A-Za-z_(]|\{\{|ENC\[|<[^>]{1,60}>/;

const placeholder = /^\s{0,5}(?:<[^<>]{1,200}>|ref\+[a-z0-9]{2,30}:\/\/\S{1,300}|vault:\S{1,200}#\S{1,100})\s{0,5}$/;

/**
 * True for a value that a tool replaces on delivery: `<path:secret/data/db#password>` of the Argo CD Vault plugin,
 * `ref+azurekeyvault://vault/name` of vals, `vault:secret/data/db#password` of the webhook of Bank-Vaults.
 */
export function isPlaceholder(text: string): boolean {
  return placeholder.test(text);
}

/** What kind of credential a text holds; undefined where none is seen. */
export function credentialIn(text: string): string | undefined {
  if (text.length > 100_000) return undefined;
  const found = patterns.find(({ pattern }) => pattern.test(text));
  if (found === undefined) return undefined;
  const match = found.pattern.exec(text)?.[0] ?? "";
  return reference.test(match) ? undefined : found.what;
}

const secretLine =
  /(?:password|passwd|passphrase|secret|token|api_?key|private_?key|credential)[\w.-]{0,30}["']?\s{0,5}[:=]\s{0,5}["']?[^\s"'{}$]{3}/i;

/** True for a file of configuration that names nothing secret: several lines, and none of them looks like a credential. */
export function isPlainConfiguration(text: string): boolean {
  return (
    text.trim().includes("\n") && text.length <= 100_000 && credentialIn(text) === undefined && !secretLine.test(text)
  );
}

const secretName =
  /(?:^|[_-])(?:PASSWORD|PASSWD|PASS|PASSPHRASE|SECRET|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|AUTH_?TOKEN|ACCESS_?TOKEN|CLIENT_?SECRET|CONNECTION_?STRING)$/i;

/** Values that are no secret although their name sounds so. */
const harmless =
  /^(?:true|false|yes|no|none|null|\d{1,6}|https?:\/\/[^@\s]*|[./~][\w./-]*|[\w.-]{1,60}\.svc(?:\.[\w.]+)?)$/i;

/** True when a variable of this name holds its secret as it stands; names such as `SECRET_NAME` only say where it is. */
export function isNamedSecret(name: string, value: string): boolean {
  if (value === "" || !secretName.test(name)) return false;
  return !harmless.test(value) && !reference.test(value);
}
