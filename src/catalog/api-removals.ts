import { citation, type SourceTable } from "./catalog-source.ts";
import table from "./tables/kubernetes-api-removals.json" with { type: "json" };

export const apiRemovalSources: SourceTable = table.sources;

/** What becomes of a version of a Kubernetes API. Versions are minors: 25 of `1.25`. */
export interface ApiRemoval {
  readonly deprecatedIn: number;
  /** Undefined: deprecated, and no removal is set. */
  readonly removedIn: number | undefined;
  /** `apiVersion` that takes its place; undefined where none does. */
  readonly replacement: string | undefined;
  /** True when the same fields mean the same there, so that only the version has to be changed. */
  readonly sameFields: boolean;
  readonly source: string;
  readonly asOf: string;
  readonly verified: boolean;
}

type Row = readonly [
  apiVersion: string,
  kinds: readonly string[],
  deprecatedIn: string,
  removedIn: string | null,
  replacement: string,
  sameFields: boolean,
  source: string,
];

const removals: ReadonlyMap<string, ApiRemoval> = new Map(
  (table.rows as unknown as readonly Row[]).flatMap(
    ([apiVersion, kinds, deprecatedIn, removedIn, replacement, sameFields, source]) =>
      kinds.map((kind): [string, ApiRemoval] => [
        `${apiVersion} ${kind}`,
        {
          deprecatedIn: minorOf(deprecatedIn),
          removedIn: removedIn === null ? undefined : minorOf(removedIn),
          replacement: replacement === "" ? undefined : replacement,
          sameFields,
          ...citation(apiRemovalSources, source),
          verified: source !== "recall",
        },
      ]),
  ),
);

function minorOf(version: string): number {
  return Number(version.slice(version.indexOf(".") + 1));
}

/** The end of an API version; undefined where none is known. */
export function apiRemoval(apiVersion: string, kind: string): ApiRemoval | undefined {
  return removals.get(`${apiVersion} ${kind}`);
}
