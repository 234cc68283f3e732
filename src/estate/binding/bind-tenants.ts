import { tenantAcceptance, tenantTrust } from "../assumptions/estate-rules.ts";
import type { ValidDocument } from "../kinds/validate-document.ts";
import { tenancyLayerNames } from "../model/tenancy-layer.ts";
import type { Sharing, Tenant, Trust } from "../model/tenant.ts";
import { bindExemption } from "./bind-audit.ts";
import type { BindingLog } from "./binding-log.ts";
import { checkAcceptance } from "./check-acceptance.ts";
import { declaredResources } from "./compute-resources.ts";
import { defaultAcceptance } from "./default-acceptance.ts";
import type { DocumentSet } from "./document-set.ts";
import { type NamespaceOwners, PLATFORM_TENANT, UNASSIGNED_TENANT } from "./namespace-owners.ts";

const DEFAULT_TRUST: Trust = "internal";

/** Classes of data in rising order where the Estate names none. */
const DEFAULT_CLASSIFICATIONS: readonly string[] = ["public", "internal", "confidential", "secret"];

/** The classifications of the estate in rising order. */
export function bindClassifications({ estate }: DocumentSet): readonly string[] {
  const declared = estate?.value.spec?.classifications ?? [];
  return declared.length === 0 ? DEFAULT_CLASSIFICATIONS : declared;
}

/** Declared tenants, the assumed ones, and the two that always exist. */
export function bindTenants(
  documents: DocumentSet,
  classifications: readonly string[],
  owners: NamespaceOwners,
  log: BindingLog,
): readonly Tenant[] {
  const declaredClasses = new Set(documents.tenants.map(({ value }) => value.spec?.classification));
  const context = { classifications, classesDiffer: declaredClasses.size > 1, owners, log };
  const declared = documents.tenants.map((document) => bindTenant(document, context));
  const names = new Set(declared.map(({ name }) => name));
  const assumed = owners.assumedTenants.map((name) => plainTenant(name, "team", owners));
  const standing = [PLATFORM_TENANT, UNASSIGNED_TENANT]
    .filter((name) => !names.has(name))
    .map((name) => plainTenant(name, name === PLATFORM_TENANT ? "team" : DEFAULT_TRUST, owners));
  return [...declared, ...assumed, ...standing];
}

function plainTenant(name: string, trust: Trust, owners: NamespaceOwners): Tenant {
  return {
    name,
    owners: [],
    namespaces: owners.namespacesOf(name),
    classification: undefined,
    trust,
    accepts: defaultAcceptance(trust, {}),
    quota: {},
    budgetMonthly: undefined,
    exemptions: [],
  };
}

interface TenantContext {
  readonly classifications: readonly string[];
  readonly classesDiffer: boolean;
  readonly owners: NamespaceOwners;
  readonly log: BindingLog;
}

function bindTenant(document: ValidDocument<"Tenant">, context: TenantContext): Tenant {
  const { owners, log } = context;
  const spec = document.value.spec ?? {};
  const place = document.locate(["spec"]);
  if (spec.trust === undefined) log.assume(tenantTrust, document.id, { value: DEFAULT_TRUST }, place);
  const trust = spec.trust ?? DEFAULT_TRUST;
  checkClassification(document, context);
  checkAcceptance(document, trust, log);
  return {
    name: document.name,
    owners: (spec.owners ?? []).flatMap(({ entraGroup, user, email }) => entraGroup ?? user ?? email ?? []),
    namespaces: owners.namespacesOf(document.name),
    classification: spec.classification,
    trust,
    accepts: bindAcceptance(document, trust, context),
    quota: declaredResources(spec.quota),
    budgetMonthly: spec.budget?.monthlyCost,
    exemptions: (spec.exemptions ?? []).map((exemption, index) =>
      bindExemption(exemption, document.locate(["spec", "exemptions", index])),
    ),
    place: document.locate([]),
  };
}

function checkClassification(document: ValidDocument<"Tenant">, { classifications, log }: TenantContext): void {
  const target = document.value.spec?.classification;
  if (target === undefined || classifications.includes(target)) return;
  const parameters = {
    field: document.id,
    what: "classification",
    target,
    candidates: classifications,
  };
  const place = document.locate(["spec", "classification"]);
  log.dangling(parameters, { place, affects: [document.id] });
}

function bindAcceptance(document: ValidDocument<"Tenant">, trust: Trust, context: TenantContext): Tenant["accepts"] {
  const declared = document.value.spec?.accepts ?? {};
  const differs = context.classesDiffer && document.value.spec?.classification !== undefined;
  const acceptsCluster = [declared.cluster, declared.controlPlane].some((it) => it !== undefined && it !== "separate");
  const defaults = defaultAcceptance(trust, { differentClassification: differs, acceptsCluster });
  const accepts: { [layer: string]: Sharing } = { ...defaults };
  for (const layer of tenancyLayerNames) accepts[layer] = declared[layer] ?? defaults[layer];
  const filled = tenancyLayerNames.filter((layer) => declared[layer] === undefined && defaults[layer] !== "shared");
  const layers = (["separate", "bounded"] as const)
    .map((sharing) => [sharing, filled.filter((layer) => defaults[layer] === sharing)] as const)
    .filter(([, names]) => names.length > 0)
    .map(([sharing, names]) => `${sharing} ${names.join(", ")}`);
  const parameters = { trust, layers: layers.join("; ") };
  if (filled.length > 0) {
    context.log.assume(tenantAcceptance, document.id, parameters, document.locate(["spec"]));
  }
  return accepts;
}
