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

/** A field that the custom resource of a type has otherwise than ARM. */
export interface ServiceOperatorField {
  readonly armType: string;
  /** Dotted path below the ARM properties; `path=value` where only that value is concerned. */
  readonly path: string;
  /**
   * `unsupported`: it cannot be said. `oneOf`: all is in one field, named by the value of its field `reason`.
   * `references`: a list of references, under the name with `References`. `withheld`: it cannot be said, and what would
   * stand without it is more open than declared, so that the resource is not written at all.
   */
  readonly form: "unsupported" | "oneOf" | "references" | "withheld";
  readonly reason: string;
}

const fields = table.fields as unknown as readonly (readonly [
  armType: string,
  path: string,
  form: ServiceOperatorField["form"],
  reason: string,
  source: string,
])[];

const fieldsByType: ReadonlyMap<string, readonly ServiceOperatorField[]> = Map.groupBy(
  fields.map(([armType, path, form, reason]): ServiceOperatorField => ({ armType, path, form, reason })),
  ({ armType }) => armType,
);

/** How the operator has one field; undefined where it is as in ARM. */
export function serviceOperatorField(armType: string, path: string, value: unknown): ServiceOperatorField | undefined {
  return fieldsByType.get(armType)?.find((field) => field.path === path || field.path === `${path}=${String(value)}`);
}

/** Every field of a type that is otherwise. */
export function serviceOperatorFields(armType: string): readonly ServiceOperatorField[] {
  return fieldsByType.get(armType) ?? [];
}
