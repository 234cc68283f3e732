/** What has entries by key: a map, or one that keeps no key alive. */
interface Entries<Key, Value> {
  readonly get: (key: Key) => Value | undefined;
  readonly set: (key: Key, value: Value) => unknown;
}

/** The entry of a map, created on first use. */
export function entryOf<Key, Value>(map: Entries<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
