import { formatResult } from "../../estate/figures/format-figure.ts";
import type { StructureReport } from "../../tenancy/structure-report.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { counted, listed } from "./words.ts";

/** Who runs where, and who shares what with whom. */
export function structureSection(structure: StructureReport): Document {
  return [
    heading(2, "Structure: who shares what"),
    ...table(
      [
        { title: "Cluster" },
        { title: "Pool" },
        { title: "Size" },
        { title: "Nodes", align: "right" },
        { title: "Zones" },
        { title: "CPU", align: "right" },
        { title: "Memory", align: "right" },
        { title: "Workloads", align: "right" },
      ],
      structure.clusters.flatMap((cluster) =>
        cluster.pools.map((pool) => [
          `${cluster.cluster} (${cluster.region})`,
          pool.pool,
          pool.vmSize.replace(/^Standard_/, ""),
          formatResult(pool.nodes.result, ""),
          pool.zones.length === 0 ? "none" : pool.zones.join(" "),
          percent(pool.requested.cpu),
          percent(pool.requested.memory),
          String(pool.workloads.length),
        ]),
      ),
    ),
    ...unplacedItems(structure),
    ...table(
      [
        { title: "Tenant" },
        { title: "Trust" },
        { title: "Classification" },
        { title: "Workloads", align: "right" },
        { title: "Clusters" },
        { title: "Namespaces" },
      ],
      structure.tenants.map((tenant) => [
        tenant.tenant,
        tenant.trust,
        tenant.classification ?? "not declared",
        String(tenant.workloads),
        listed(tenant.clusters),
        listed([...new Set(tenant.namespaces.map((namespace) => namespace.slice(namespace.indexOf("/") + 1)))]),
      ]),
    ),
    ...sharingItems(structure),
  ];
}

function unplacedItems(structure: StructureReport): Document {
  const unplaced = structure.clusters.flatMap((cluster) => cluster.unplaced);
  if (unplaced.length === 0) return [];
  return [
    paragraph(`${counted(unplaced.length, "workload")} fit on no pool:`),
    ...bullets(unplaced.map((entry) => `${code(entry.workload)}: ${entry.reason}`)),
  ];
}

function sharingItems({ pairs }: StructureReport): Document {
  const unmet = pairs.filter((pair) => pair.layers.some((layer) => layer.met === false));
  const unknown = pairs.filter(
    (pair) => !unmet.includes(pair) && pair.layers.some((layer) => layer.met === "notEvaluable"),
  );
  if (pairs.length === 0) return [];
  return [
    paragraph(
      unmet.length === 0
        ? `No pair of tenants shares more than both accept (${counted(pairs.length, "pair")} checked${unknown.length === 0 ? "" : `, ${unknown.length} not evaluable`}).`
        : `${unmet.length} of ${counted(pairs.length, "pair")} of tenants share more than both accept${unknown.length === 0 ? "" : `, ${unknown.length} more are not evaluable`}:`,
    ),
    ...bullets(unmet.map((pair) => pair.verdict)),
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
