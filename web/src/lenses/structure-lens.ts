import type { TenancyLayer } from "../../../src/estate/model/tenancy-layer.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { TenantPair } from "../../../src/tenancy/structure-report.ts";
import type { Box } from "../graph/box.ts";
import { plural } from "../graph/plural.ts";
import type { Badge, BoxLook, Lens } from "./look.ts";

/** What tenants share when a pool takes pods of both, and when both are on one cluster. */
const poolLayers: ReadonlySet<TenancyLayer> = new Set(["nodePool", "node", "kernel"]);
const clusterLayers: ReadonlySet<TenancyLayer> = new Set(["cluster"]);

/** Colours of the palette for tenants; beyond them colours repeat, and the name on the box decides. */
const tenantTones = 8;

/** Colour: the tenant. Badges: who shares a pool, and where a tenant does not accept it. */
export function structureLens(assessment: Assessment): Lens {
  const tones = tenantToneByName(assessment);
  const broken = assessment.structure.pairs.filter((pair) => pair.layers.some((layer) => layer.met === false));
  return {
    title: "Tenant",
    arrows: undefined,
    legend: [...tones].map(([tenant, tone]) => ({ tone, label: tenant, filter: `tenant:${tenant}` })),
    look: (box) => structureLook(box, tones, broken),
  };
}

/** Tenants in order of name; the platform and what nobody owns are grey. */
function tenantToneByName(assessment: Assessment): ReadonlyMap<string, string> {
  const names = new Set(assessment.estate.workloads.map((workload) => workload.tenant));
  const owned = [...names].filter((name) => name !== "platform" && name !== "unassigned").sort();
  const tones = new Map(owned.map((name, index) => [name, `tenant-${index % tenantTones}`]));
  for (const name of ["platform", "unassigned"]) if (names.has(name)) tones.set(name, "none");
  return tones;
}

function structureLook(box: Box, tones: ReadonlyMap<string, string>, broken: readonly TenantPair[]): BoxLook {
  const [only] = box.tenants;
  const tone = box.tenants.length === 1 && only !== undefined ? (tones.get(only) ?? "none") : "none";
  if (box.kind === "workload" || box.kind === "group") {
    return { tone, words: box.tenants.join(", "), badges: [] };
  }
  return { tone: "none", words: "", badges: sharingBadges(box, broken) };
}

function sharingBadges(box: Box, broken: readonly TenantPair[]): readonly Badge[] {
  if (box.kind !== "pool" && box.kind !== "cluster") return [];
  const tenants = box.tenants.filter((tenant) => tenant !== "platform");
  const badges: Badge[] = [];
  if (tenants.length > 1) {
    badges.push({
      symbol: "share",
      text: plural(tenants.length, "tenant"),
      tone: "plain",
      title: `Shared by ${tenants.join(", ")}`,
    });
  }
  const layers = box.kind === "pool" ? poolLayers : clusterLayers;
  const pairs = broken.filter(
    (pair) =>
      pair.tenants.every((tenant) => box.tenants.includes(tenant)) &&
      pair.layers.some((layer) => layer.met === false && layers.has(layer.layer)),
  );
  if (pairs.length > 0) {
    badges.push({
      symbol: "cross",
      text: "not accepted",
      tone: "bad",
      title: pairs.map((pair) => pair.verdict).join(" "),
    });
  }
  return badges;
}
