import { likelyValue } from "../../estate/figures/figure.ts";
import type { TenancyKernelReport } from "../../operations/tenancy/tenancy.ts";
import { type KernelDimension, kernelDimensions } from "../../tenancy/kernel/kernel-dimensions.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { counted, listed } from "./words.ts";

type Pool = TenancyKernelReport["pools"][number];

/** Capacity against demand on the fullest node of each pool, and who can starve whom. */
export function tenancyKernelDocument(report: TenancyKernelReport): Document {
  const tight = report.pools.flatMap(({ cluster, pool, budgets }) =>
    budgets
      .filter(({ verdict }) => verdict === "tight" || verdict === "exceeded")
      .map(({ dimension, verdict }) => `${cluster}/${pool} ${dimension} is ${verdict}`),
  );
  const warning = `${Math.round(report.warningShare * 100)}%`;
  return [
    heading(1, `Kernel budgets of ${report.estate}`),
    paragraph(
      tight.length === 0
        ? `No budget that can be evaluated is above ${warning} on the fullest node of its pool.`
        : `${counted(tight.length, "budget")} above ${warning} of a node: ${listed(tight, 6)}.`,
    ),
    paragraph(
      `Demand is what Applications declare under ${code("requires")}, else a rule of thumb by runtime; ${code("-o json")} gives the reasons of each figure.`,
    ),
    ...report.pools.flatMap(poolItems),
  ];
}

function poolItems({ cluster, pool, vmSize, nodes, tenants, podMaxPids, budgets, starvation }: Pool): Document {
  const limit = podMaxPids === undefined ? "no limit of process ids a pod" : `${podMaxPids} process ids a pod`;
  const isIdle = budgets.every(({ heaviest }) => heaviest.length === 0);
  const who = tenants.length === 0 ? "no tenant" : listed(tenants, 6);
  return [
    heading(2, `${cluster}/${pool}`),
    paragraph(`${counted(nodes, "node")} of ${vmSize.replace(/^Standard_/, "")}, ${limit}; may take pods of ${who}.`),
    ...table(
      [
        { title: "Of one node" },
        { title: "Has", align: "right" },
        { title: "Taken", align: "right" },
        { title: "Share", align: "right" },
        { title: "Verdict" },
        { title: "Most by" },
      ],
      (isIdle ? [] : budgets).map(({ dimension, capacity, demand, share, verdict, heaviest }) => [
        kernelDimensions[dimension].label,
        amount(dimension, likelyValue(capacity)),
        amount(dimension, likelyValue(demand)),
        share === undefined ? "?" : `${Math.round(share * 100)}%`,
        verdict === "notEvaluable" ? "not evaluable" : verdict,
        heaviest[0] === undefined ? "" : `${heaviest[0].workload} (${heaviest[0].pods})`,
      ]),
    ),
    ...starvationItems(starvation),
  ];
}

/** One line a dimension: those who can take it, and what lets them. */
function starvationItems(starvation: Pool["starvation"]): Document {
  if (starvation.length === 0) return [];
  const lines = [...Map.groupBy(starvation, ({ dimension }) => dimension)].map(([dimension, entries]) => {
    const culprits = [...new Set(entries.map(({ by }) => by))];
    const victims = [...new Set(entries.flatMap(({ of }) => of))];
    const sure = entries.some(({ certain }) => certain) ? "can" : "may";
    const example = (entries.find(({ certain }) => certain) ?? entries[0])?.because ?? "";
    const mutual = culprits.length > 1 && culprits.every((name) => victims.includes(name));
    const who = mutual
      ? `${listed(culprits, 6)} ${sure} each starve the others`
      : `${listed(culprits, 6)} ${sure} starve ${listed(victims, 6)}`;
    return `${code(dimension)}: ${who}: ${example}.`;
  });
  return bullets(lines);
}

function amount(dimension: KernelDimension, value: number | undefined): string {
  if (value === undefined) return "?";
  if (dimension === "ephemeralStorage") return `${(value / 1024 ** 3).toFixed(1)} GiB`;
  return Math.round(value).toLocaleString("en-US");
}
