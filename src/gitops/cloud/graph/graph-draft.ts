import type { AzureRole } from "../../../catalog/azure-roles.ts";
import { roleDefinitionId } from "../../../catalog/azure-roles.ts";
import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { namesCollide } from "../../../estate/diagnostics/cloud-target-diagnostics.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import type { RepositoryFile } from "../../repository/repository-file.ts";
import { stableUuid } from "./azure-names.ts";
import type {
  CloudResource,
  ResourceGraph,
  ResourceIdentity,
  ResourceKey,
  ResourceReference,
  ResourceValue,
} from "./resource-graph.ts";
import { resourceGroupType, resourceKey } from "./resource-value.ts";

/** A resource that is in the graph, for referring to it. */
export interface Placed {
  readonly key: ResourceKey;
  readonly type: string;
  readonly name: string;
  readonly location: string | undefined;
  /** Reference to its id. */
  readonly id: ResourceReference;
}

/** Where and with what a resource is written. */
export interface Part {
  readonly name: string;
  readonly subscription: string;
  readonly group: Placed;
  readonly tells: string;
}

/** Values where undefined stands for what is left out. */
export interface LooseObject {
  readonly [name: string]: ResourceValue | LooseObject | readonly LooseObject[] | undefined;
}

export interface ResourceDraft {
  readonly type: string;
  readonly name: string;
  readonly parent?: Placed | undefined;
  readonly location?: string | undefined;
  readonly kind?: string;
  readonly sku?: LooseObject;
  readonly identity?: ResourceIdentity;
  readonly zones?: readonly string[] | undefined;
  /** Additional to those of the part. */
  readonly tags?: { readonly [name: string]: string };
  readonly properties?: LooseObject;
  readonly tells?: string;
  /** What has to stand before it beyond what it refers to. */
  readonly after?: readonly Placed[];
}

/** Types of ARM that have no tags. */
const untagged =
  /\/(?:subnets|agentPools|roleAssignments|federatedIdentityCredentials|virtualNetworkLinks|[a-z]*databases|extensions|maintenanceConfigurations)$/i;

/** A graph while it grows, with what was assumed and what is wrong. */
export class GraphDraft {
  readonly estate: string;
  readonly assumptions: Assumption[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** What has to be run by hand once resources stand. */
  readonly scripts: RepositoryFile[] = [];
  readonly #resources = new Map<ResourceKey, CloudResource>();

  constructor(estate: string) {
    this.estate = estate;
  }

  /** Adds a resource; one that is there already stays as it is. */
  add(part: Part, draft: ResourceDraft): Placed {
    const { type, name, parent, location, kind, zones, identity } = draft;
    const resourceGroup = parent === undefined ? part.group.key : undefined;
    const key = resourceKey({ type, name, parent, resourceGroup, subscription: part.subscription });
    const isTagged = parent === undefined && location !== undefined && !untagged.test(type);
    const tells = draft.tells ?? part.tells;
    const there = this.#resources.get(key);
    if (there !== undefined && there.tells !== tells) this.#sayTaken(there, tells);
    if (!this.#resources.has(key)) {
      this.#resources.set(key, {
        key,
        type,
        name,
        parent: parent?.key,
        resourceGroup,
        subscription: part.subscription,
        part: part.name,
        location,
        ...(kind === undefined ? {} : { kind }),
        ...(draft.sku === undefined ? {} : { sku: compact(draft.sku) }),
        ...(identity === undefined ? {} : { identity }),
        ...(zones === undefined || zones.length === 0 ? {} : { zones: zones.toSorted() }),
        ...(isTagged ? { tags: { estate: this.estate, ...draft.tags } } : {}),
        properties: compact(draft.properties ?? {}),
        ...(draft.after === undefined || draft.after.length === 0
          ? {}
          : { dependsOn: draft.after.map((placed) => placed.key).toSorted() }),
        tells,
      });
    }
    return { key, type, name, location, id: { $ref: key } };
  }

  /** What two parts of the model need has to be two resources. */
  #sayTaken({ name, tells }: CloudResource, other: string): void {
    const parameters = { kind: "", names: [tells, other].toSorted(), as: name };
    this.diagnostics.push(diagnose(namesCollide, parameters));
  }

  addGroup(subscription: string, name: string, location: string, tells: string): Placed {
    const key = resourceKey({ type: resourceGroupType, name, subscription });
    if (!this.#resources.has(key)) {
      this.#resources.set(key, {
        key,
        type: resourceGroupType,
        name,
        parent: undefined,
        resourceGroup: undefined,
        subscription,
        part: "main",
        location,
        tags: { estate: this.estate },
        properties: {},
        tells,
      });
    }
    return { key, type: resourceGroupType, name, location, id: { $ref: key } };
  }

  /** Gives a principal a built-in role on a resource. */
  grant(
    part: Part,
    scope: Placed,
    role: AzureRole,
    principal: Placed,
    principalPath = "properties.principalId",
  ): Placed {
    return this.add(part, {
      type: "Microsoft.Authorization/roleAssignments",
      name: stableUuid([scope.key, principal.key, principalPath, role]),
      parent: scope,
      properties: {
        roleDefinitionId: roleDefinitionId(role),
        principalId: { $ref: principal.key, output: principalPath },
        principalType: "ServicePrincipal",
      },
    });
  }

  /** Gives a principal a built-in role on everything in the part's group. */
  grantInGroup(part: Part, role: AzureRole, principal: Placed, principalPath = "properties.principalId"): Placed {
    return this.add(part, {
      type: "Microsoft.Authorization/roleAssignments",
      name: stableUuid([part.group.key, principal.key, principalPath, role]),
      properties: {
        roleDefinitionId: roleDefinitionId(role),
        principalId: { $ref: principal.key, output: principalPath },
        principalType: "ServicePrincipal",
      },
    });
  }

  /** Gives a principal a role of the data plane of a Cosmos DB account. */
  addDataRole(part: Part, account: Placed, role: string, principal: Placed): Placed {
    return this.add(part, {
      type: "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments",
      name: stableUuid([account.key, principal.key, role]),
      parent: account,
      properties: {
        roleDefinitionId: { $text: [account.id, `/sqlRoleDefinitions/${role}`] },
        principalId: { $ref: principal.key, output: "properties.principalId" },
        scope: account.id,
      },
    });
  }

  resource(key: ResourceKey): CloudResource | undefined {
    return this.#resources.get(key);
  }

  graph(): ResourceGraph {
    return { resources: [...this.#resources.values()].toSorted((left, right) => (left.key < right.key ? -1 : 1)) };
  }
}

/** Leaves out what is undefined, at every depth. */
function compact(value: LooseObject): { readonly [name: string]: ResourceValue } {
  const entries: [string, ResourceValue][] = [];
  for (const [name, entry] of Object.entries(value)) {
    if (entry === undefined) continue;
    entries.push([name, compactValue(entry)]);
  }
  return Object.fromEntries(entries);
}

function compactValue(value: NonNullable<LooseObject[string]> | ResourceValue): ResourceValue {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item: ResourceValue) => compactValue(item));
  return compact(value as LooseObject);
}
