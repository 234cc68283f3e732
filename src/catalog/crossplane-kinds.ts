import { citation, type SourceTable } from "./catalog-source.ts";
import table from "./tables/crossplane-kinds.json" with { type: "json" };

export const crossplaneSources: SourceTable = table.sources;

/** The managed resource of Crossplane that is one resource of azurerm. Its arguments have the same names in camelCase. */
export interface CrossplaneKind {
  /** Resource of azurerm, such as `azurerm_subnet`. */
  readonly terraform: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The Azure name is a field; otherwise it is the external name. */
  readonly isNamed: boolean;
  /** Argument that names the parent, where the provider makes ids from another one than Terraform is best told. */
  readonly parent: readonly [argument: string, by: "id" | "name"] | undefined;
  /** The id is made from the name of the group too. */
  readonly needsGroup: boolean;
  /** Arguments that may refer to another managed resource. */
  readonly references: readonly CrossplaneReference[];
  /** Fields that take an argument from a Secret, by argument. */
  readonly secrets: { readonly [argument: string]: string };
  /** Fields of `status.atProvider`, by output of azurerm. */
  readonly outputs: { readonly [output: string]: string };
  /** What it writes holds data that does not come back once it is deleted. */
  readonly keepsData: boolean;
  readonly source: string;
  readonly asOf: string;
}

interface CrossplaneReference {
  /** Path of the argument in azurerm, such as `default_node_pool.vnet_subnet_id`. */
  readonly argument: string;
  /** Resource of azurerm that is referred to. */
  readonly target: string;
  /** What is taken from there: `id`, `name`, or the ARM path of an output. */
  readonly takes: string;
}

interface Differences {
  readonly named?: boolean;
  readonly parent?: readonly [argument: string, by: "id" | "name"];
  readonly needsGroup?: boolean;
  readonly references?: readonly (readonly [argument: string, target: string, takes: string])[];
  readonly secrets?: { readonly [argument: string]: string };
  readonly outputs?: { readonly [output: string]: string };
  readonly keepsData?: boolean;
}

type Row = readonly [terraform: string, group: string, kind: string, differences: Differences];

const kinds: readonly CrossplaneKind[] = (table.rows as unknown as readonly Row[]).map(
  ([terraform, group, kind, { named, parent, needsGroup, references, secrets, outputs, keepsData }]) => ({
    terraform,
    group,
    version: table.version,
    kind,
    isNamed: named ?? false,
    parent,
    needsGroup: needsGroup ?? false,
    references: (references ?? []).map(([argument, target, takes]) => ({ argument, target, takes })),
    secrets: secrets ?? {},
    outputs: outputs ?? {},
    keepsData: keepsData ?? false,
    ...citation(crossplaneSources, "provider-upjet-azure"),
  }),
);

const byTerraform = new Map(kinds.map((kind) => [kind.terraform, kind]));
const byKind = new Map(kinds.map((kind) => [`${kind.group}/${kind.kind}`, kind]));

/** Undefined for a resource of azurerm that the provider does not have. */
export function crossplaneKind(terraform: string): CrossplaneKind | undefined {
  return byTerraform.get(terraform);
}

/** The kind of an object by its group, whatever the version. */
export function crossplaneKindOf(group: string, kind: string): CrossplaneKind | undefined {
  return byKind.get(`${group}/${kind}`);
}
