import { citation, type SourceTable } from "./catalog-source.ts";
import table from "./tables/pulumi-classes.json" with { type: "json" };

export const pulumiClassSources: SourceTable = table.sources;

/** How the Pulumi provider azure-native writes one ARM type. */
export interface PulumiClass {
  readonly armType: string;
  /** `module.Class`, below the package. */
  readonly class: string;
  /** Argument for the resource's own name. */
  readonly nameArgument: string;
  /** Arguments for the names of what it is below, the outermost first; there may be fewer of them than parents. */
  readonly parentArguments: readonly string[];
  /** ARM `properties` are an argument; of all others they are arguments themselves. */
  readonly keepsProperties: boolean;
  /** Of an extension: how it says what it is on. `cluster` takes three arguments. */
  readonly scope: "" | "scope" | "resourceUri" | "cluster";
  readonly source: string;
  readonly asOf: string;
}

type Row = readonly [
  armType: string,
  className: string,
  nameArgument: string,
  parentArguments: readonly string[],
  keepsProperties: boolean,
  scope: PulumiClass["scope"],
];

const classes: ReadonlyMap<string, PulumiClass> = new Map(
  (table.rows as unknown as readonly Row[]).map(
    ([armType, className, nameArgument, parentArguments, keepsProperties, scope]) => [
      armType,
      {
        armType,
        class: className,
        nameArgument,
        parentArguments,
        keepsProperties,
        scope,
        ...citation(pulumiClassSources, "azure-native-sdk"),
      },
    ],
  ),
);

/** Undefined for a type that the provider does not write, as far as is known here. */
export function pulumiClass(armType: string): PulumiClass | undefined {
  return classes.get(armType);
}

/** By its class, `module.Class`. */
export function pulumiClassNamed(name: string): PulumiClass | undefined {
  return [...classes.values()].find((each) => each.class === name);
}
