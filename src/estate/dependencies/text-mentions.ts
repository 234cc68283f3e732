import { appendAll } from "../kubernetes/append-all.ts";
import { findHostMentions, type HostMention } from "./host-mention.ts";

/** A mention inside a longer text, with the key that it stands under, if any. */
export interface TextMention extends HostMention {
  readonly key: string | undefined;
}

/** Lines that only people read. */
const commentLine = /^\s*(?:#|\/\/|;|--|\*|<!--)/;
/** `key: value` of YAML, `key=value` of properties and environment files, `export KEY=value` of shells. */
const entryLine = /^\s*(?:-\s+)?(?:export\s+|set\s+)?["']?([A-Za-z_][\w.\-/[\]]{0,200})["']?\s*(?:=|:(?=\s|$))\s*(.*)$/;
/** `"key": "value"` of JSON, wherever it stands in a line. */
const jsonEntry = /"([\w.\-$/]{1,200})"\s*:\s*"([^"\\]{1,2000})"/g;
const longestLine = 1_000_000;

/** Keys whose `host:port` is an address also when nobody in the cluster answers to it. */
const addressKey =
  /(?:HOST|ADDR|ADDRESS|URL|URI|ENDPOINT|SERVER|BROKER|BOOTSTRAP|TARGET|UPSTREAM|BACKEND|SERVICE|DSN|CONNECTION)/i;

/**
 * Hosts in a configuration file or a script. Entries (`key: value`, `key=value`, JSON) are read as values are. In other
 * lines, and under keys that do not speak of an address, hosts count only in passing: files are full of links and examples.
 */
export function findTextMentions(text: string): readonly TextMention[] {
  if (isDashboard(text)) return [];
  const mentions: TextMention[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (!/[:=]/.test(line) || line.length > longestLine || commentLine.test(line)) continue;
    appendAll(mentions, mentionsOfLine(line));
  }
  return mentions;
}

function mentionsOfLine(line: string): readonly TextMention[] {
  const json = [...line.matchAll(jsonEntry)];
  if (json.length > 0) return json.flatMap(([, key = "", value = ""]) => mentionsOfEntry(key, value));
  const [, key, value] = entryLine.exec(line) ?? [];
  if (key !== undefined && value !== undefined) return mentionsOfEntry(key, unquote(value));
  return findHostMentions("", line).map(
    (mention): TextMention => ({ ...mention, key: undefined, certainty: "passing" }),
  );
}

function mentionsOfEntry(key: string, value: string): readonly TextMention[] {
  const isRunningText = /\s/.test(value.trim()) && !/=[^;]*;/.test(value);
  return findHostMentions(key, value).map((mention): TextMention => {
    const isAddress = !isRunningText && (mention.form === "url" || addressKey.test(key));
    return { ...mention, key, certainty: isAddress ? mention.certainty : "passing" };
  });
}

/** A Grafana dashboard links to pages; it calls nothing. */
function isDashboard(text: string): boolean {
  return /"schemaVersion"\s*:/.test(text) && /"panels"\s*:/.test(text);
}

function unquote(value: string): string {
  const trimmed = value.trim().replace(/,$/, "");
  const [first] = trimmed;
  if ((first === '"' || first === "'") && trimmed.length > 1 && trimmed.endsWith(first)) return trimmed.slice(1, -1);
  return trimmed.replace(/\s+#.*$/, "");
}
