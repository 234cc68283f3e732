import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { kernelBudgets } from "../../tenancy/kernel/kernel-budgets.ts";
import type { KernelReport } from "../../tenancy/kernel/kernel-report.ts";
import { type BehaviourVerdict, tenancyBehaviours } from "../../tenancy/rbac/behaviours.ts";
import { buildRbac } from "../../tenancy/rbac/build-rbac.ts";
import { subjectInWords } from "../../tenancy/rbac/subject.ts";
import { type TenantFence, tenantFence } from "../../tenancy/rbac/tenant-fence.ts";
import { describeSharing, type SharingReport } from "../../tenancy/tenancy-report.ts";

interface ReportHead<Kind extends string> {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: Kind;
  readonly estate: string;
  /** Everything is declared, so that absence can be proven. */
  readonly complete: boolean;
}

/** Who shares what with whom, and what clusters have once for all. */
export interface TenancyReport extends ReportHead<"Tenancy">, SharingReport {}

/** What the kernels of the nodes have to share out, and who can starve whom. */
export interface TenancyKernelReport extends ReportHead<"TenancyKernel">, KernelReport {}

/** What a tenant's subjects may do on one cluster. */
interface TenantRights {
  readonly tenant: string;
  readonly cluster: string;
  readonly namespaces: readonly string[];
  readonly subjects: readonly { readonly subject: string; readonly because: string }[];
  /** Beyond its own namespaces, or more than it was given. */
  readonly powers: readonly {
    readonly subject: string;
    readonly power: string;
    readonly text: string;
    /** Undefined: everywhere. */
    readonly namespace: string | undefined;
    readonly binding: string;
  }[];
  readonly behaviours: readonly (BehaviourVerdict & { readonly text: string })[];
}

/** What the roles and bindings of every cluster let each tenant do. */
export interface TenancyRbacReport extends ReportHead<"TenancyRbac"> {
  readonly tenants: readonly TenantRights[];
  /** Bindings, or parts of them, that grant nothing, as sentences. */
  readonly broken: readonly string[];
}

const platformTenant = "platform";

function head<Kind extends string>(estate: Estate, kind: Kind): ReportHead<Kind> {
  return { apiVersion: "scantling/v1alpha1", kind, estate: estate.name, complete: estate.complete };
}

export function tenancyReport(estate: Estate, catalog: Catalog): TenancyReport {
  return { ...head(estate, "Tenancy"), ...describeSharing(estate, catalog) };
}

export function tenancyKernelReport(estate: Estate, catalog: Catalog): TenancyKernelReport {
  return { ...head(estate, "TenancyKernel"), ...kernelBudgets(estate, placeWorkloads(estate, catalog), catalog) };
}

/** Every tenant but the platform, on every cluster where it has a namespace. */
export function tenancyRbacReport(estate: Estate): TenancyRbacReport {
  const clusters = estate.clusters.map(({ name }) => buildRbac(estate, name));
  const names = [
    ...new Set(
      [...estate.tenants, ...estate.workloads.map(({ tenant }) => ({ name: tenant }))].map(({ name }) => name),
    ),
  ];
  const tenants = names
    .filter((name) => name !== platformTenant)
    .toSorted()
    .flatMap((name) => clusters.map((rbac) => tenantFence(estate, rbac, name)))
    .filter(({ namespaces }) => namespaces.length > 0)
    .map(rightsOf);
  const broken = clusters.flatMap((rbac) =>
    rbac.broken.map(({ binding, problem }) => `${binding} on ${rbac.cluster} ${problemInWords[problem]}.`),
  );
  return { ...head(estate, "TenancyRbac"), tenants, broken: [...new Set(broken)].toSorted() };
}

const problemInWords = {
  "no-role": "names no role, and grants nothing",
  "cluster-binding-of-role": "names a Role, which a ClusterRoleBinding cannot give",
  "service-account-without-namespace": "names a service account without its namespace",
  "unknown-subject": "names a subject that is no user, group or service account",
} as const;

function rightsOf({ tenant, cluster, namespaces, subjects, powers, behaviours }: TenantFence): TenantRights {
  return {
    tenant,
    cluster,
    namespaces,
    subjects: subjects.map(({ subject, because }) => ({ subject: subjectInWords(subject), because })),
    powers: powers.map(({ subject, name, text, namespace, grant: { binding } }) => ({
      subject: subjectInWords(subject),
      power: name,
      text,
      namespace,
      binding: `${binding.kind} ${binding.name}`,
    })),
    behaviours: behaviours.map((each) => ({ ...each, text: tenancyBehaviours[each.behaviour].text })),
  };
}
