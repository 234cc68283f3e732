import { namespaceUnassigned, tenantPerNamespace } from "../assumptions/estate-rules.ts";
import { namespaceContested, namespaceReserved, tenantNameReserved } from "../diagnostics/reference-diagnostics.ts";
import type { ValidDocument } from "../kinds/validate-document.ts";
import type { Cluster } from "../model/cluster.ts";
import type { Trust } from "../model/tenant.ts";
import type { Place } from "../sources/place.ts";
import type { BoundApplication } from "./bind-applications.ts";
import type { BindingLog } from "./binding-log.ts";
import type { DocumentSet } from "./document-set.ts";

/** Tenant that the platform's own namespaces belong to. */
export const PLATFORM_TENANT = "platform";

/** Tenant of what nobody owns. */
export const UNASSIGNED_TENANT = "unassigned";

/** Trust of the two tenants that always exist, where no Tenant of that name is declared. */
const STANDING_TRUST: ReadonlyMap<string, Trust> = new Map<string, Trust>([
  [PLATFORM_TENANT, "team"],
  [UNASSIGNED_TENANT, "internal"],
]);

/** Namespaces that every cluster has for itself. */
const SYSTEM_NAMESPACES = ["kube-system", "kube-public", "kube-node-lease"];
/** Where Flux and Argo CD run, by their own installers and the extensions of AKS. */
const AGENT_NAMESPACES: ReadonlySet<string> = new Set(["flux-system", "argocd"]);

/**
 * Who owns which namespace: the platform kube-system and those of components, Tenants those that they name, Applications
 * of a tenant theirs. That of the agent of delivery is the platform's unless somebody claims it; what is left belongs to `unassigned`, or is a tenant of its own where no tenant is declared.
 */
export class NamespaceOwners {
  private readonly owners = new Map<string, string>();
  private readonly reported = new Set<string>();
  private readonly log: BindingLog;
  /** True when no tenant is declared at all. */
  readonly perNamespace: boolean;

  constructor(
    documents: DocumentSet,
    applications: readonly BoundApplication[],
    clusters: readonly Cluster[],
    log: BindingLog,
  ) {
    this.log = log;
    this.perNamespace =
      documents.tenants.length === 0 && documents.applications.every(({ value }) => value.spec?.tenant === undefined);
    const components = clusters.flatMap((cluster) => cluster.components.map(({ namespace }) => namespace));
    const reserved = new Set([...SYSTEM_NAMESPACES, ...components]);
    for (const namespace of reserved) this.owners.set(namespace, PLATFORM_TENANT);
    for (const tenant of documents.tenants) this.claimDeclared(tenant, reserved);
    for (const { tenant, namespace, document } of applications) {
      if (tenant === undefined || namespace === undefined) continue;
      this.claim(namespace, tenant, document.id, document.locate(["spec", "namespace"]));
    }
  }

  /** The tenant of an object: its Application's, else the owner of its namespace, else for cluster-scoped ones the platform. */
  tenantOf(application: BoundApplication | undefined, namespace: string | undefined, place: () => Place): string {
    if (application?.tenant !== undefined) {
      if (namespace !== undefined) this.claim(namespace, application.tenant, application.document.id, place());
      return application.tenant;
    }
    return namespace === undefined ? PLATFORM_TENANT : this.ownerOf(namespace);
  }

  /** Owner of a namespace; from the first question on it has one. */
  ownerOf(namespace: string): string {
    const known = this.owners.get(namespace);
    if (known !== undefined) return known;
    if (AGENT_NAMESPACES.has(namespace)) {
      this.owners.set(namespace, PLATFORM_TENANT);
      return PLATFORM_TENANT;
    }
    const owner = this.perNamespace ? namespace : UNASSIGNED_TENANT;
    const rule = this.perNamespace ? tenantPerNamespace : namespaceUnassigned;
    this.log.assume(rule, this.perNamespace ? `Tenant/${namespace}` : `Namespace/${namespace}`, { namespace });
    this.owners.set(namespace, owner);
    return owner;
  }

  /** Namespaces by owner, sorted. */
  namespacesOf(tenant: string): readonly string[] {
    return [...this.owners].flatMap(([namespace, owner]) => (owner === tenant ? [namespace] : [])).toSorted();
  }

  /** Owners that are tenants of their own because nobody declared one. */
  get assumedTenants(): readonly string[] {
    return this.perNamespace
      ? [...new Set(this.owners.values())]
          .filter((owner) => owner !== PLATFORM_TENANT && owner !== UNASSIGNED_TENANT)
          .toSorted()
      : [];
  }

  /** What one Tenant claims; the platform's namespaces are not to be had by naming them. */
  private claimDeclared(tenant: ValidDocument<"Tenant">, reserved: ReadonlySet<string>): void {
    const { id, name } = tenant;
    const { trust, namespaces = [] } = tenant.value.spec ?? {};
    const expected = STANDING_TRUST.get(name);
    if (expected !== undefined && trust !== undefined && trust !== expected) {
      const place = tenant.locate(["spec", "trust"]);
      this.log.report(tenantNameReserved, { tenant: name, trust, expected }, { place, affects: [id] });
    }
    for (const [index, namespace] of namespaces.entries()) {
      const place = tenant.locate(["spec", "namespaces", index]);
      if (reserved.has(namespace) && name !== PLATFORM_TENANT) {
        this.log.report(namespaceReserved, { namespace, claimant: id }, { place, affects: [id] });
      } else this.claim(namespace, name, id, place);
    }
  }

  private claim(namespace: string, tenant: string, claimant: string, place: Place): void {
    const owner = this.owners.get(namespace);
    if (owner === undefined) {
      this.owners.set(namespace, tenant);
      return;
    }
    // Everyone puts a role or two into the platform's namespaces; that claims nothing.
    if (owner === tenant || owner === PLATFORM_TENANT) return;
    const key = `${namespace} ${claimant}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.log.report(
      namespaceContested,
      { namespace, owner, claimant },
      { place, affects: [`Tenant/${owner}`, claimant] },
    );
  }
}
