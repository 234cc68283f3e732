import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { KustomizeFolder } from "./kustomize-folders.ts";
import { type Statement, statementsOf } from "./overlay-statements.ts";
import type { Repository } from "./repository.ts";

/** Overlays over the same base, and how much of what they say is said more than once. */
export interface Repetition {
  readonly base: string;
  readonly overlays: readonly string[];
  /** Fields that all overlays together set. */
  readonly fields: number;
  /** Those of them that an overlay before already set to the same value: what a base or component would save. */
  readonly repeated: number;
  /** Fields that every overlay sets to the same value. */
  readonly inAll: number;
  /** The first repeated one, as an example, with its second place. */
  readonly example: { readonly text: string; readonly place: Place } | undefined;
}

/** The overlays of every base that has at least two. */
export function repetitions({ folders, texts }: Repository): readonly Repetition[] {
  const components = new Set(folders.filter(({ kind }) => kind === "Component").map(({ directory }) => directory));
  const overlays = new Map<string, KustomizeFolder[]>();
  for (const folder of folders) {
    for (const base of folder.uses.filter((directory) => !components.has(directory))) {
      entryOf(overlays, base, (): KustomizeFolder[] => []).push(folder);
    }
  }
  return [...overlays].flatMap(([base, group]) => (group.length < 2 ? [] : [measure(base, group, texts)]));
}

function measure(base: string, group: readonly KustomizeFolder[], texts: ReadonlyMap<string, string>): Repetition {
  const said = group.map((folder) => ({
    directory: folder.directory,
    statements: distinct(statementsOf(folder, texts)),
  }));
  const counts = new Map<string, number>();
  let example: Repetition["example"];
  for (const { statements } of said) {
    for (const statement of statements.values()) {
      const before = counts.get(statement.text) ?? 0;
      counts.set(statement.text, before + 1);
      if (before === 1) example ??= { text: statement.text, place: statement.document.locate(statement.path) };
    }
  }
  const times = [...counts.values()];
  return {
    base,
    overlays: said.map(({ directory }) => directory),
    fields: times.reduce((sum, count) => sum + count, 0),
    repeated: times.reduce((sum, count) => sum + count - 1, 0),
    inAll: times.filter((count) => count === group.length).length,
    example,
  };
}

function distinct(statements: readonly Statement[]): ReadonlyMap<string, Statement> {
  return new Map(statements.map((statement) => [statement.text, statement]));
}
