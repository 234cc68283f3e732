/** Namespace of the controllers and of everything that tells them what to do. */
export const FLUX_NAMESPACE = "flux-system";

/** Name of the source, and of the configuration that AKS makes it from. */
export const SOURCE_NAME = "estate";

/** The Kustomization that brings all others; AKS names it after the configuration and the entry. */
export const ROOT_NAME = "root";

/** Who applies what a tenant delivers: it may do anything in the tenant's namespaces and nothing elsewhere. */
export function reconcilerName(tenant: string): string {
  return `reconciler-${tenant}`;
}

/** The Kustomization that gives a tenant its reconciler. */
export function tenantName(tenant: string): string {
  return `tenant-${tenant}`;
}

export function fluxFolder(cluster: string): string {
  return `clusters/${cluster}/flux`;
}
