import { type ObjectKey, objectKeyText } from "../delivery/object-key.ts";

/**
 * A file name for each object of a folder, without an ending: `kind-name`, and where two objects would share that, with
 * the namespace, then with group and version. Names hold nothing that a file system could misread.
 */
export function fileNames(keys: readonly ObjectKey[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Map<string, number>();
  const candidates = keys.map((key) => namesFor(key));
  for (const list of candidates) for (const name of new Set(list)) taken.set(name, (taken.get(name) ?? 0) + 1);
  keys.forEach((key, index) => {
    const list = candidates[index] ?? [];
    const unique = list.find((name) => taken.get(name) === 1);
    names.set(identity(key), unique ?? `${list.at(-1)}-${index + 1}`);
  });
  return names;
}

/** What a file name is looked up by. */
export function identity(key: ObjectKey): string {
  return `${objectKeyText(key)}/${key.version}`;
}

function namesFor({ group, version, kind, namespace, name }: ObjectKey): readonly string[] {
  const inNamespace = namespace === undefined ? [] : [namespace];
  return [
    [kind, name],
    [kind, ...inNamespace, name],
    [kind, group, version, ...inNamespace, name],
  ].map((parts) =>
    parts
      .filter((part) => part !== "")
      .map(plain)
      .join("-")
      .slice(0, 200),
  );
}

function plain(part: string): string {
  return part.toLowerCase().replaceAll(/[^a-z0-9.]+/g, "-");
}
