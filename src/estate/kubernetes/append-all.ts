/** Appends items one by one: `push(...items)` fails once there are more items than a call takes arguments. */
export function appendAll<Item>(target: Item[], items: Iterable<Item>): void {
  for (const item of items) target.push(item);
}
