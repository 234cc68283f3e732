import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { OfferSubject } from "../../../src/operations/what-if/offer-changes.ts";

/** What a selection such as `pool/weu/user` can be changed of; undefined for what has nothing to change. */
export function offerSubject(selection: string | undefined): OfferSubject | undefined {
  if (selection === undefined) return undefined;
  const slash = selection.indexOf("/");
  const [kind, name] = [selection.slice(0, slash), selection.slice(slash + 1)];
  if (slash < 0 || name === "") return undefined;
  switch (kind) {
    case "workload":
      return { kind, id: name };
    case "pool":
    case "cluster":
    case "tenant":
    case "application":
      return { kind, name };
    case "journey": {
      const [, application = ""] = name.split("/");
      return { kind: "application", name: application };
    }
    default:
      return undefined;
  }
}

/** The platform is on every cluster, and what belongs to nobody has no one who would move. */
const withoutOffer: ReadonlySet<string> = new Set(["platform", "unassigned"]);

/** Workloads beyond this number are found on the map and in the lists, not in one long menu. */
const mostWorkloads = 300;

/** Things that can be changed, as selections, in groups of one kind. */
export function changeableThings({ estate, structure }: Assessment): readonly {
  readonly title: string;
  readonly things: readonly { readonly selection: string; readonly label: string }[];
}[] {
  const named = (kind: string, names: readonly string[]) =>
    names.map((name) => ({ selection: `${kind}/${name}`, label: name }));
  const pools = structure.clusters.flatMap(({ cluster, pools: own }) =>
    // The report names pools with their cluster or without.
    own.map(({ pool }) => (pool.startsWith(`${cluster}/`) ? pool : `${cluster}/${pool}`)),
  );
  const serving = estate.workloads.filter(({ run }) => run === "serving").slice(0, mostWorkloads);
  return [
    { title: "Clusters", things: named("cluster", estate.clusters) },
    { title: "Node pools", things: named("pool", pools) },
    {
      title: "Tenants",
      things: named(
        "tenant",
        estate.tenants.filter((name) => !withoutOffer.has(name)),
      ),
    },
    { title: "Applications", things: named("application", estate.applications) },
    { title: "Workloads", things: serving.map(({ id, label }) => ({ selection: `workload/${id}`, label })) },
  ].filter(({ things }) => things.length > 0);
}
