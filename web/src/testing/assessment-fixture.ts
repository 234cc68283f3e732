import type { Finding } from "../../../src/audit/finding.ts";
import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { exactFigure, type Figure, notEvaluableFigure } from "../../../src/estate/figures/figure.ts";
import type { AllocationRow, BillLine } from "../../../src/finops/cost-report.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { ClusterStructure, PoolStructure } from "../../../src/tenancy/structure-report.ts";

/*
 * TEST FIXTURE. A small assessment written by hand, so that tests of the page say exactly what they look at. Nothing
 * of it reaches the product.
 */

interface FixtureWorkload {
  readonly id: string;
  readonly tenant: string;
  readonly application?: string;
  readonly pools: readonly { readonly pool: string; readonly pods: number }[];
  readonly monthlyCost: number;
}

const workloads: readonly FixtureWorkload[] = [
  {
    id: "prod/weu/shop/Deployment/web",
    tenant: "retail",
    application: "shop",
    pools: [{ pool: "user", pods: 3 }],
    monthlyCost: 120,
  },
  {
    id: "prod/weu/shop/Deployment/orders",
    tenant: "retail",
    application: "shop",
    pools: [
      { pool: "user", pods: 3 },
      { pool: "spare", pods: 1 },
    ],
    monthlyCost: 80,
  },
  {
    id: "prod/weu/shop/StatefulSet/db",
    tenant: "retail",
    application: "shop",
    pools: [{ pool: "user", pods: 1 }],
    monthlyCost: 210,
  },
  {
    id: "prod/weu/ledger/Deployment/ledger",
    tenant: "treasury",
    application: "ledger",
    pools: [{ pool: "user", pods: 2 }],
    monthlyCost: 64,
  },
  {
    id: "prod/weu/kube-system/DaemonSet/agent",
    tenant: "platform",
    pools: [
      { pool: "user", pods: 3 },
      { pool: "spare", pods: 1 },
    ],
    monthlyCost: 8,
  },
  {
    id: "prod/neu/shop/Deployment/web",
    tenant: "retail",
    application: "shop",
    pools: [{ pool: "user", pods: 2 }],
    monthlyCost: 75,
  },
  { id: "prod/neu/shop/CronJob/report", tenant: "retail", application: "shop", pools: [], monthlyCost: 0 },
];

function place(source: string, line: number) {
  return { precision: "exact", source, line, column: 3 } as const;
}

/** A figure that has one reason of each kind. */
export function reasonedFigure(): Figure {
  const nodes = exactFigure("nodes/weu/user", "nodes of weu/user", "nodes", 3, [
    { kind: "declared", name: "autoscaling.min", value: 3, place: place("estate.yaml", 12) },
  ]);
  const price = {
    kind: "fact",
    name: "Standard_D4s_v5, westeurope",
    value: 0.23,
    unit: "USD/hour",
    source: "azure-retail-prices",
    asOf: "2026-11-01",
    verified: true,
  } as const;
  return {
    id: "cost/monthly/total",
    label: "bill",
    unit: "EUR/month",
    result: { kind: "range", low: 900, likely: 1_100, high: 1_500 },
    reasons: [
      { kind: "formula", text: "sum of nodes × price × 730 h", source: "FOCUS 1.2" },
      price,
      { kind: "figure", figure: nodes },
      { kind: "assumption", id: "ASM-070", text: "No discount is declared", value: "list price" },
      { kind: "measurement", name: "requests", value: 40, unit: "1/s", source: "prometheus", window: "7d" },
    ],
  };
}

function poolStructure(cluster: string, name: string): PoolStructure {
  const own = workloads.filter((workload) => workload.id.split("/")[1] === cluster);
  return {
    pool: `${cluster}/${name}`,
    vmSize: "Standard_D4s_v5",
    mode: "User",
    zones: name === "spare" ? [] : ["1", "2", "3"],
    nodes: exactFigure(
      `nodes/${cluster}/${name}`,
      `nodes of ${cluster}/${name}`,
      "nodes",
      name === "spare" ? 1 : 3,
      [],
    ),
    allocatable: { cpuMillicores: 11_580, memoryBytes: 39_000_000_000, pods: 330 },
    requested: { cpu: 0.41, memory: 0.63 },
    workloads: own.flatMap((workload) =>
      workload.pools.filter(({ pool }) => pool === name).map(({ pods }) => ({ workload: workload.id, pods })),
    ),
  };
}

function clusterStructure(cluster: string, region: string, pools: readonly string[]): ClusterStructure {
  return {
    cluster,
    region,
    environments: ["prod"],
    tier: "Standard",
    pools: pools.map((pool) => poolStructure(cluster, pool)),
    namespaces: [],
    unplaced: [],
  };
}

function journey(
  name: string,
  unavailability: number | undefined,
  over: Partial<JourneyAvailability> = {},
): JourneyAvailability {
  const id = `prod/shop/${name}`;
  const unit = "minutes/month";
  return {
    journey: id,
    label: `shop ${name}`,
    application: "shop",
    environment: "prod",
    unavailability:
      unavailability === undefined
        ? notEvaluableFigure(`availability/${id}`, name, "ratio", ["a readable manifest"])
        : exactFigure(`availability/${id}`, name, "ratio", unavailability, []),
    downtimeMinutesPerMonth:
      unavailability === undefined
        ? notEvaluableFigure(`downtime/${id}`, name, unit, ["a readable manifest"])
        : exactFigure(`downtime/${id}`, name, unit, unavailability * 43_830, []),
    nines: unavailability === undefined ? undefined : -Math.log10(unavailability),
    objective: "99.95%",
    objectiveMet: unavailability === undefined ? "notEvaluable" : unavailability <= 5e-4,
    downtimeCostMonthly: undefined,
    singlePointsOfFailure: [],
    cutSets: [],
    cutSetCounts: [],
    importance: [],
    workloads: ["prod/weu/shop/Deployment/web"],
    ...over,
  };
}

function finding(rule: string, severity: Finding["severity"], subject: string, over: Partial<Finding> = {}): Finding {
  return {
    rule,
    name: "fixture-rule",
    verdict: "fail",
    severity,
    subject,
    subjectLabel: subject,
    environment: "prod",
    message: `${subject} breaks ${rule}.`,
    place: place("shop/web.yaml", 7),
    ...over,
  };
}

function billLine(id: string, cluster: string, monthlyCost: number): BillLine {
  return {
    id,
    category: "node",
    label: id,
    environment: "prod",
    cluster,
    quantity: 3,
    unit: "node",
    unitPrice: 0.23,
    hoursPerMonth: 730,
    monthlyCost: exactFigure(`cost/line/${id}`, id, "EUR/month", monthlyCost, []),
  };
}

function allocation(): readonly AllocationRow[] {
  return workloads
    .filter((workload) => workload.monthlyCost > 0)
    .map((workload) => ({
      part: workload.tenant === "platform" ? "sharedPlatform" : "tenant",
      subject: workload.tenant,
      tenant: workload.tenant,
      application: workload.application,
      environment: "prod",
      cluster: workload.id.split("/")[1],
      workload: workload.id,
      monthlyCost: workload.monthlyCost,
    }));
}

/** Seven workloads of three tenants on two clusters in two regions, two journeys, three findings. */
export function fixtureAssessment(over: Partial<Assessment> = {}): Assessment {
  const checkout = journey("checkout", 2e-3, {
    workloads: ["prod/weu/shop/Deployment/web", "prod/weu/shop/Deployment/orders", "prod/weu/shop/StatefulSet/db"],
    singlePointsOfFailure: [
      { events: ["pod/prod/weu/shop/StatefulSet/db/1"], unavailability: 1e-3, words: "db has one replica" },
    ],
  });
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "Assessment",
    estate: {
      name: "fixture",
      sources: ["estate.yaml", "shop/web.yaml"],
      environments: ["prod"],
      regions: ["northeurope", "westeurope"],
      clusters: ["neu", "weu"],
      tenants: ["platform", "retail", "treasury"],
      applications: ["ledger", "shop"],
      counts: { objects: 20, workloads: workloads.length, services: 4, dependencies: 3, unknownKinds: 0 },
      workloads: workloads.map((workload) => ({
        id: workload.id,
        label: workload.id.split("/").slice(2).join("/"),
        tenant: workload.tenant,
        application: workload.application,
        run: "serving",
        replicas: { minimum: 2, maximum: 4 },
        place: place("shop/web.yaml", 1),
      })),
      dependencies: [
        { from: "prod/weu/shop/Deployment/web", to: "prod/weu/shop/Deployment/orders", type: "hard", evidence: [] },
        { from: "prod/weu/shop/Deployment/orders", to: "prod/weu/shop/StatefulSet/db", type: "soft", evidence: [] },
        { from: "prod/weu/shop/Deployment/orders", to: "host:api.bank.example", type: "hard", evidence: [] },
      ],
    },
    headline: {
      monthlyCost: reasonedFigure(),
      worstJourney: checkout.downtimeMinutesPerMonth,
      findings: { critical: 0, high: 1, medium: 1, low: 0, info: 0, notEvaluable: 1 },
    },
    worst: [],
    sharpen: [],
    structure: {
      clusters: [
        clusterStructure("weu", "westeurope", ["user", "spare"]),
        clusterStructure("neu", "northeurope", ["user"]),
      ],
      tenants: [],
      pairs: [
        {
          tenants: ["retail", "treasury"],
          layers: [
            { layer: "kernel", sharing: "shared", because: "both on weu/user", accepted: "separate", met: false },
          ],
          verdict: "retail and treasury may share the kernel of a node, which treasury does not accept.",
        },
      ],
    },
    cost: {
      currency: "EUR",
      pricesAsOf: "2026-11-01",
      monthly: reasonedFigure(),
      partial: false,
      parts: { tenant: 549, sharedPlatform: 8, systemOverhead: 40, idle: 400, fees: 103, unusedCommitment: 0 },
      lines: [billLine("nodes/weu/user", "weu", 700), billLine("nodes/neu/user", "neu", 400)],
      allocation: allocation(),
      unpriced: [],
      assumptions: [],
    },
    availability: {
      journeys: [checkout, journey("browse", 3e-4), journey("search", undefined, { workloads: [] })],
      assumptions: [],
    },
    findings: [
      finding("AVL-001.1", "high", "prod/weu/shop/StatefulSet/db"),
      finding("AVL-007.4", "medium", "prod/weu/shop/StatefulSet/db"),
      finding("FIN-002.1", "low", "prod/weu/shop/Deployment/web", { verdict: "notEvaluable", missing: ["needs-P"] }),
      finding("TEN-008.1", "critical", "prod/weu/shop/Deployment/web", {
        exemptedBy: { tenant: "retail", reason: "vendor agent", owner: "anna", until: "2027-01-31" },
      }),
    ],
    verdicts: {},
    assumptions: [
      {
        id: "ASM-070",
        name: "list-price",
        subject: "Estate",
        text: "No discount is declared",
        value: "list price",
        replaceBy: "Estate.spec.commercial.discounts",
      },
    ],
    diagnostics: [],
    catalog: { pricesAsOf: "2026-11-01", slasAsOf: "2026-10-01" },
    ...over,
  };
}
