import table from "./tables/cloud-fields.json" with { type: "json" };

/** One field: ARM path (`[]` each item of a list, `{}` each entry of a map), argument of Terraform, conversion. */
export type CloudField = readonly [arm: string, terraform: string, conversion?: string];

/** How a resource type of Azure is written in Terraform. */
export interface CloudType {
  /** Resource of azurerm; null for what azurerm makes by itself. */
  readonly terraform: string | null;
  readonly fields: readonly CloudField[];
  /** Argument that has the Azure name; `name` where nothing is said. */
  readonly name?: string;
  /** Argument that names the parent, and whether by its id or its name. */
  readonly parent?: readonly [argument: string, by: "id" | "name"];
  /** A block in the parent's resource in the place of a resource: one block, or one for each name. */
  readonly fold?: {
    readonly block?: string;
    /** Argument that holds the name. */
    readonly name?: string;
    readonly blocks?: { readonly [name: string]: string };
    readonly constants?: { readonly [name: string]: { readonly [argument: string]: string } };
  };
  /** How it is written where Azure Resource Manager wants it inside its parent. */
  readonly inline?: {
    readonly block: string;
    readonly name: string;
    readonly fields: readonly CloudField[];
    readonly defaults: CloudValues;
  };
  /** Values by ARM path that are left out, since Terraform or Azure gives them. */
  readonly defaults?: CloudValues;
  /** ARM paths that repeat another field of the resource. */
  readonly implied?: { readonly [path: string]: string };
  /** ARM paths that Terraform does not say, with the reason. */
  readonly lossy?: { readonly [path: string]: string };
  /** Arguments that are the same for every resource. */
  readonly constants?: CloudValues;
  /** Outputs by ARM path. */
  readonly outputs?: { readonly [path: string]: string };
  /** Type between this and the parent, with the only name that it has. */
  readonly above?: readonly [type: string, name: string];
  /** Argument that holds the ids of what goes first. */
  readonly after?: string;
}

interface CloudValues {
  readonly [path: string]: string | number | boolean;
}

const types = new Map<string, CloudType>(
  Object.entries(table.types as unknown as { readonly [type: string]: CloudType }),
);

/** How Terraform writes a type; undefined for types that go through azapi as they are. */
export function cloudType(type: string): CloudType | undefined {
  return types.get(type);
}

/** Every type of the table, sorted. */
export function cloudTypes(): readonly (readonly [type: string, fields: CloudType])[] {
  return [...types];
}
