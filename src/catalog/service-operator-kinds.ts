import { citation, type SourceTable } from "./catalog-source.ts";
import table from "./tables/service-operator-kinds.json" with { type: "json" };

export const serviceOperatorSources: SourceTable = table.sources;

/** The custom resource by which Azure Service Operator writes one ARM type. */
export interface ServiceOperatorKind {
  readonly armType: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** ARM `properties` stay together; of all others they are fields of `spec`. */
  readonly keepsProperties: boolean;
  /** Fields of `spec` with the name of an ARM envelope field that are properties in ARM. */
  readonly inProperties: readonly string[];
  /** False where no schema of the custom resource was at hand. */
  readonly hasSchema: boolean;
  readonly source: string;
  readonly asOf: string;
}

type Row = readonly [
  armType: string,
  group: string,
  version: string,
  kind: string,
  source: string,
  keepsProperties: boolean,
  inProperties: readonly string[],
];

const kinds: readonly ServiceOperatorKind[] = (table.rows as unknown as readonly Row[]).map(
  ([armType, group, version, kind, source, keepsProperties, inProperties]) => ({
    armType,
    group,
    version,
    kind,
    keepsProperties,
    inProperties,
    hasSchema: source === "aso-crds",
    ...citation(serviceOperatorSources, source),
  }),
);

const byType = new Map(kinds.map((kind) => [kind.armType, kind]));
const byKind = new Map(kinds.map((kind) => [`${kind.group}/${kind.kind}`, kind]));

/** Undefined for a type that the operator does not write, as far as is known here. */
export function serviceOperatorKind(armType: string): ServiceOperatorKind | undefined {
  return byType.get(armType);
}

/** The kind of an object by its group, whatever the version. */
export function serviceOperatorKindOf(group: string, kind: string): ServiceOperatorKind | undefined {
  return byKind.get(`${group}/${kind}`);
}
