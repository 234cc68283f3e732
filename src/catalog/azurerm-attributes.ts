import table from "./tables/azurerm-attributes.json" with { type: "json" };

/** Arguments and blocks of a resource or of a block in it; `!` tells that it is required, `*` that it may be repeated. */
export interface AzurermBlock {
  readonly [argument: string]: string | number | AzurermBlock;
}

interface AzurermResource {
  readonly arguments: AzurermBlock;
  readonly outputs: readonly string[];
}

const resources = new Map<string, AzurermResource>(
  Object.entries(table.resources as unknown as { readonly [type: string]: AzurermResource }),
);

/** Arguments of a resource of azurerm; undefined for resources that are not in the table. */
export function azurermArguments(type: string): AzurermBlock | undefined {
  return resources.get(type)?.arguments;
}

/** What a resource tells only after deployment. */
export function azurermOutputs(type: string): readonly string[] {
  return resources.get(type)?.outputs ?? [];
}

/** Whether the schema has an argument or block at a path such as `network_profile.pod_cidr`. */
export function hasAzurermArgument(type: string, path: string): boolean {
  let current: AzurermBlock[string] | undefined = azurermArguments(type);
  for (const segment of path.split(".")) {
    if (typeof current !== "object" || !Object.hasOwn(current, segment)) return false;
    current = current[segment];
  }
  return current !== undefined;
}
