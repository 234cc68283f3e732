import table from "./tables/azure-roles.json" with { type: "json" };

/** Built-in roles of Azure by name. */
export type AzureRole = keyof typeof table.roles;

const namesById = new Map<string, string>(Object.entries(table.roles).map(([name, id]) => [id, name]));

/** Id of the definition of a built-in role, the same in every tenant. */
export function roleDefinitionId(role: AzureRole): string {
  return `/providers/Microsoft.Authorization/roleDefinitions/${table.roles[role]}`;
}

/** Id of a role from its name; undefined for roles that are not in the table. */
export function roleDefinitionIdOf(name: string): string | undefined {
  return Object.hasOwn(table.roles, name) ? roleDefinitionId(name as AzureRole) : undefined;
}

/** Name of a built-in role from the id of its definition. */
export function roleNameOf(id: string): string | undefined {
  return namesById.get(id.slice(id.lastIndexOf("/") + 1));
}
