/** What a key does; `hint` is shown in the list of shortcuts. */
export interface Shortcut {
  /** Keys pressed one after another, as `KeyboardEvent.key` names them. */
  readonly keys: readonly string[];
  readonly hint: string;
  readonly run: () => void;
}

/** Result of a key press: a shortcut to run, or the keys to remember. */
export type KeyStep =
  | { readonly kind: "run"; readonly shortcut: Shortcut }
  | { readonly kind: "wait"; readonly keys: readonly string[] };

/** Matches a key with those pressed before it. Keys that lead nowhere are forgotten, but may begin a shortcut themselves. */
export function stepShortcut(shortcuts: readonly Shortcut[], before: readonly string[], key: string): KeyStep {
  for (const keys of [[...before, key], [key]]) {
    const exact = shortcuts.find((shortcut) => shortcut.keys.join(" ") === keys.join(" "));
    if (exact !== undefined) return { kind: "run", shortcut: exact };
    if (shortcuts.some((shortcut) => keys.every((each, index) => shortcut.keys[index] === each)))
      return { kind: "wait", keys };
  }
  return { kind: "wait", keys: [] };
}
