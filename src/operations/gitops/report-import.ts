import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { FoundEstate } from "../../gitops/import/found-estate.ts";
import type { FoundApplication } from "../../gitops/import/gather-applications.ts";
import type { FillIn, ImportReport } from "./import-report.ts";

interface Imported {
  readonly found: FoundEstate;
  readonly applications: readonly FoundApplication[];
  readonly estate: Estate;
  readonly files: ReadonlyMap<string, string>;
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
  readonly isDeclared: boolean;
}

/** What an import found, in numbers. */
export function importReport(imported: Imported): ImportReport {
  const { found, applications, estate, files, diagnostics, isDeclared } = imported;
  const assumptions = [...imported.assumptions, ...estate.assumptions].toSorted(compareAssumptions);
  const names = new Set(found.clusters.map(({ name }) => name));
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "Import",
    estate: estate.name,
    form: found.form,
    ...(found.agent === undefined ? {} : { agent: found.agent }),
    declared: isDeclared,
    written: false,
    files: [...files.keys()].toSorted(),
    clusters: estate.clusters
      .filter(({ name }) => names.has(name))
      .map((cluster) => ({
        cluster: cluster.name,
        environments: cluster.environments,
        deliveries: found.deliveries.filter((delivery) => delivery.cluster === cluster.name).length,
        objects: estate.objects.filter((placed) => placed.cluster === cluster.name).length,
        nodePools: cluster.nodePools.filter(({ declared }) => declared !== undefined).length,
        components: cluster.components.map(({ name }) => name),
      })),
    tenants: estate.tenants
      .filter(({ place }) => place !== undefined)
      .map(({ name, owners, namespaces }) => ({ tenant: name, owners, namespaces })),
    applications: applications.map((application) => ({
      application: application.name,
      ...tenantOf(application, estate),
      environments: [...application.places.keys()],
      clusters: [...new Set([...application.places.values()].flat())].toSorted(),
      manifests: [...application.manifests.values()].some(({ kind }) => kind === "chart") ? "chart" : "folders",
      objects: estate.objects.filter((placed) => placed.application === application.name).length,
    })),
    objects: estate.objects.length,
    fillIn: fillIn(assumptions),
    assumptions,
    diagnostics,
  };
}

function tenantOf({ name }: FoundApplication, { applications }: Estate) {
  const tenant = applications.find((each) => each.name === name)?.tenant;
  return tenant === undefined || tenant === "unassigned" ? {} : { tenant };
}

/** What depends on a field, most worth first: money, then outages, then whom things belong to, then the rest. */
const worth: readonly (readonly [RegExp, string])[] = [
  [/nodePools/, "the bill, and whether everything fits"],
  [/Cluster\.spec\.region|Estate\.spec\.regions/, "prices, zones and the way to users"],
  [/environments|criticality/, "how grave a finding is, and what runs at night"],
  [/tier|replicas|journeys|entryPoints|recovery/, "availability"],
  [/tenant|Tenant|namespaces/, "whose bill and whose risk it is"],
  [/Cluster\./, "what the platform gives, and what the audit can tell"],
  [/Application\./, "what an application needs"],
];

function fillIn(assumptions: readonly Assumption[]): readonly FillIn[] {
  const rank = (field: string): number => {
    const found = worth.findIndex(([pattern]) => pattern.test(field));
    return found === -1 ? worth.length : found;
  };
  return [...Map.groupBy(assumptions, ({ replaceBy }) => replaceBy)]
    .filter(([field]) => /^(?:Estate|Cluster|Tenant|Application|DataStore|CloudService)\./.test(field))
    .map(([field, list]) => ({
      field,
      decides: worth[rank(field)]?.[1] ?? "figures of the reports",
      subjects: [...new Set(list.map(({ subject }) => subject))].toSorted(),
    }))
    .toSorted(
      (left, right) =>
        rank(left.field) - rank(right.field) ||
        right.subjects.length - left.subjects.length ||
        (left.field < right.field ? -1 : 1),
    );
}
