import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { givenTexts } from "../../estate/testing/given-texts.ts";
import { billAsFocusCsv } from "./cost-bill.ts";
import { type CostReconciliation, reconcileCost } from "./cost-reconcile.ts";
import { costReconciliationJsonSchema, costReconciliationMatches } from "./cost-reconcile-schema.ts";

const estate = givenTexts({
  "estate.yaml": `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: small}
spec: {currency: USD, environments: [{name: prod}]}
---
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: weu}
spec:
  region: westeurope
  environments: [prod]
  tier: Standard
  nodePools:
    - {name: system, mode: System, vmSize: Standard_D4s_v5, count: 2}
    - {name: user, vmSize: Standard_D8s_v5, count: 1}
---
apiVersion: scantling/v1alpha1
kind: CloudService
metadata: {name: bus}
spec: {service: serviceBus, tier: Standard}
`,
});

/** Price of an hour of D4s_v5 and D8s_v5 in westeurope. */
const [d4, d8] = [0.23, 0.46] as const;
const subscription = "/subscriptions/1/resourceGroups";
const managed = `${subscription}/MC_rg_weu_westeurope/providers/Microsoft.Compute`;
const scaleSet = (pool: string) => `${managed}/virtualMachineScaleSets/aks-${pool}-12345678-vmss`;

interface Row {
  readonly [column: string]: string | number;
}

const usage = (resource: string, quantity: number, cost: number, more: Row = {}): Row => ({
  Date: "11/01/2026",
  MeterCategory: "Virtual Machines",
  MeterSubCategory: "Dsv5 Series",
  MeterName: "D4s v5",
  ResourceId: resource,
  Quantity: quantity,
  UnitOfMeasure: "1 Hour",
  Cost: cost,
  BillingCurrencyCode: "USD",
  ChargeType: "Usage",
  PricingModel: "OnDemand",
  ...more,
});

function csv(rows: readonly Row[], rename: { readonly [column: string]: string } = {}): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: string | number | undefined) => `"${String(value ?? "").replaceAll('"', '""')}"`;
  const lines = [names.map((name) => rename[name] ?? name), ...rows.map((row) => names.map((name) => cell(row[name])))];
  return lines.map((cells) => cells.join(",")).join("\r\n");
}

async function* inChunks(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 37) yield text.slice(at, at + 37);
}

async function tried(text: string, currency?: string) {
  const options = { today: "2026-11-22", file: "bill.csv", by: { kind: "namespace" } as const, currency };
  return reconcileCost(estate, defaultCatalog, { ...options, chunks: inChunks(text) });
}

async function reconcile(text: string, currency?: string): Promise<CostReconciliation> {
  const report = await tried(text, currency);
  if (!("kind" in report)) throw new Error(report.diagnostics.map(({ message }) => message).join("\n"));
  addsUp(report);
  return report;
}

/** Items, sides and reasons add up to the cent. */
function addsUp({ totals, items, byReason }: CostReconciliation): void {
  const cents = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + Math.round(amount * 100), 0);
  const whole = Math.round(totals.difference * 100);
  expect(cents(items.map(({ declared }) => declared))).toBe(Math.round(totals.declared * 100));
  expect(cents(items.map(({ billed }) => billed))).toBe(Math.round(totals.billed * 100));
  expect(cents(byReason.map(({ amount }) => amount))).toBe(whole);
  expect(cents([totals.billed, -totals.declared])).toBe(whole);
  expect(cents([totals.matchedDeclared, totals.onlyDeclared])).toBe(Math.round(totals.declared * 100));
  expect(cents([totals.matchedBilled, totals.onlyBilled])).toBe(Math.round(totals.billed * 100));
  for (const { difference, reasons } of items)
    expect(cents(reasons.map(({ amount }) => amount))).toBe(Math.round(difference * 100));
}

const itemOf = ({ items }: CostReconciliation, label: string) => items.find((item) => item.label === label);
const reasonsOf = (report: CostReconciliation, label: string) =>
  Object.fromEntries((itemOf(report, label)?.reasons ?? []).map(({ reason, amount }) => [reason, amount]));

describe("a day of an Azure cost export", () => {
  test("of what is declared agrees, whatever the dialect of its header", async () => {
    const rows = [usage(scaleSet("system"), 48, 48 * d4), usage(scaleSet("user"), 24, 24 * d8)];
    const dialects = [
      {},
      {
        Date: "date",
        Cost: "costInBillingCurrency",
        BillingCurrencyCode: "billingCurrency",
        ResourceId: "resourceId",
        MeterCategory: "meterCategory",
      },
      {
        Date: "UsageDateTime",
        Cost: "PreTaxCost",
        BillingCurrencyCode: "Currency",
        ResourceId: "InstanceId",
        Quantity: "UsageQuantity",
      },
    ];
    for (const rename of dialects) {
      const report = await reconcile(`\uFEFF${csv(rows, rename)}`);
      expect(report.against).toMatchObject({
        format: "Azure cost export",
        rows: 2,
        from: "2026-11-01",
        to: "2026-11-02",
        hours: 24,
      });
      expect(itemOf(report, "weu: nodes of system")).toMatchObject({
        match: "both",
        declared: 11.04,
        billed: 11.04,
        difference: 0,
      });
      expect(itemOf(report, "weu: nodes of user")).toMatchObject({ match: "both", difference: 0, reasons: [] });
    }
  });

  test("finds the cluster by resource group or tag, and the pool by scale set or tag", async () => {
    const tags = '"aks-managed-cluster-name": "weu","aks-managed-poolName": "user"';
    const own = `${subscription}/nodes-of-weu/providers/Microsoft.Compute/virtualMachines/vm1`;
    const report = await reconcile(csv([usage(own, 24, 24 * d8, { Tags: tags })]));
    expect(itemOf(report, "weu: nodes of user")).toMatchObject({ match: "both", difference: 0 });
  });

  test("tells other hours, commitments, spot and other prices apart", async () => {
    const system = scaleSet("system");
    const report = await reconcile(
      csv([
        usage(system, 24, 24 * d4),
        usage(system, 24, 24 * 0.1, { PricingModel: "Reservation" }),
        usage(system, 12, 12 * 0.05, { PricingModel: "Spot", MeterName: "D4s v5 Spot" }),
        usage(scaleSet("user"), 24, 24 * 0.5),
      ]),
    );
    expect(reasonsOf(report, "weu: nodes of system")).toEqual({ hours: 2.76, commitment: -3.12, spot: -2.16 });
    expect(reasonsOf(report, "weu: nodes of user")).toEqual({ price: 0.96 });
  });

  test("tells a Windows meter, and a licence beside the hours of its machine", async () => {
    const report = await reconcile(
      csv([
        usage(scaleSet("system"), 48, 48 * 0.414, { MeterSubCategory: "Dsv5 Series Windows" }),
        usage(scaleSet("user"), 24, 24 * d8),
        usage(scaleSet("user"), 24, 24 * 0.368, {
          MeterCategory: "Virtual Machines Licenses",
          MeterSubCategory: "Windows Server",
        }),
      ]),
    );
    expect(reasonsOf(report, "weu: nodes of system")).toEqual({ windowsMeter: 8.83 });
    expect(reasonsOf(report, "weu: nodes of user")).toEqual({ windowsMeter: 8.83 });
  });

  test("sorts out disks, addresses, data transfer, tier, service, tax, credit, purchase and strangers", async () => {
    const of = (group: string, type: string, name: string) => `${subscription}/${group}/providers/${type}/${name}`;
    const inGroup = (type: string, name: string) => of("MC_rg_weu_westeurope", type, name);
    const day = (id: string, cost: number, more: Row) => usage(id, 1, cost, { UnitOfMeasure: "1", ...more });
    const report = await reconcile(
      csv([
        day(inGroup("Microsoft.Compute/disks", "aks-system-os"), 1, {
          MeterCategory: "Storage",
          MeterName: "P10 LRS Disk",
        }),
        day(inGroup("Microsoft.Compute/disks", "pvc-1a2b"), 2, { MeterCategory: "Storage", MeterName: "P15 LRS Disk" }),
        day(inGroup("Microsoft.Network/publicIPAddresses", "ip"), 3, {
          MeterCategory: "Virtual Network",
          MeterSubCategory: "IP Addresses",
        }),
        day(scaleSet("user"), 4, { MeterCategory: "Bandwidth", MeterName: "Standard Data Transfer Out" }),
        usage(of("rg", "Microsoft.ContainerService/managedClusters", "weu"), 24, 2.4, {
          MeterCategory: "Azure Kubernetes Service",
        }),
        day(of("rg", "Microsoft.ServiceBus/namespaces", "bus"), 0.33, { MeterCategory: "Service Bus" }),
        day("", 6, { ChargeType: "Tax", MeterCategory: "" }),
        day("", -7, { ChargeType: "Refund", MeterCategory: "Virtual Machines" }),
        day("", 8, { ChargeType: "Purchase", MeterCategory: "Virtual Machines" }),
        day("", 9, { ChargeType: "UnusedReservation", MeterCategory: "Virtual Machines" }),
        day(of("other", "Microsoft.Sql/servers", "crm"), 10, { MeterCategory: "SQL Database" }),
      ]),
    );
    const billed = Object.fromEntries(
      report.items.flatMap((item) => (item.billed === 0 ? [] : [[item.label, item.billed]])),
    );
    expect(billed).toEqual({
      "weu: OS disks": 1,
      "weu: data disks": 2,
      "weu: public IPs": 3,
      "weu: data transfer": 4,
      "weu: cluster tier": 2.4,
      bus: 0.33,
      taxes: 6,
      "credits, refunds and corrections": -7,
      "purchases of commitments": 8,
      "unused commitments": 9,
      "SQL Database": 10,
    });
    const reasons = Object.fromEntries(report.byReason.map(({ reason, amount }) => [reason, amount]));
    expect(reasons).toMatchObject({ tax: 6, credit: -7, purchase: 8, egress: 4, notDeclared: 21 });
    expect(itemOf(report, "weu: nodes of user")).toMatchObject({ match: "onlyDeclared", declared: 11.04 });
  });

  test("that is actual says that commitments are billed when they are bought", async () => {
    const report = await reconcile(
      csv([
        usage(scaleSet("system"), 48, 0, { PricingModel: "Reservation" }),
        usage("", 1, 1_200, { ChargeType: "Purchase", PricingModel: "Reservation" }),
      ]),
    );
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["EST-787"]);
    expect(reasonsOf(report, "weu: nodes of system")).toEqual({ commitment: -11.04 });
  });

  test("with bad rows, or money without a rate, says what is left out", async () => {
    const text = csv([
      usage(scaleSet("system"), 48, 48 * d4),
      usage(scaleSet("user"), 24, 5, { BillingCurrencyCode: "CHF" }),
      { ...usage(scaleSet("user"), 24, 0), Cost: "free" },
    ]);
    const report = await reconcile(`${text}\r\n"1","2"`);
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["EST-785", "EST-786"]);
    expect(report.diagnostics[0]?.message).toMatch(/^2 rows .* line 4: its cost is no number\.$/);
    expect(report.diagnostics[1]?.message).toContain("5.00 CHF");
  });

  test.each([
    ["", "it is empty"],
    ["Name,Value\n1,2\n", "the header has no column for cost and service and currency"],
    [csv([usage("", 1, 1)]).split("\r\n")[0] ?? "", "it has no row that can be read"],
    ['{"code":200}', "it has no list of allocations under data"],
    ["{", "it is no JSON"],
  ])("that is none is told: %j", async (text, problem) => {
    const report = await tried(text);
    expect("kind" in report).toBe(false);
    expect(report.diagnostics).toMatchObject([{ code: "EST-784" }]);
    expect(report.diagnostics[0]?.message).toContain(problem);
  });

  test("adds up to the cent, whatever is billed", async () => {
    const money = fc.double({ min: -500, max: 5_000, noNaN: true });
    const anyRow = fc.record({
      pool: fc.constantFrom("system", "user", "gone"),
      hours: fc.double({ min: 0, max: 2_000, noNaN: true }),
      cost: money,
      model: fc.constantFrom("OnDemand", "Reservation", "Spot", "SavingsPlan"),
      category: fc.constantFrom("Virtual Machines", "Storage", "Bandwidth", "Service Bus", "Azure DNS"),
      type: fc.constantFrom("Usage", "Usage", "Usage", "Purchase", "Tax", "UnusedReservation", "RoundingAdjustment"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 30 }), async (rows) => {
        const billed = rows.map(({ pool, hours, cost, model, category, type }) =>
          usage(scaleSet(pool), hours, cost, { PricingModel: model, MeterCategory: category, ChargeType: type }),
        );
        const report = await reconcile(csv(billed));
        const sum = rows.reduce((total, { cost }) => total + cost, 0);
        expect(Math.abs(report.totals.billed - sum)).toBeLessThan(0.01);
      }),
      { numRuns: 60 },
    );
  });
});

test("our own FOCUS file agrees with our own bill to the cent", async () => {
  const report = await reconcile(billAsFocusCsv(estate, defaultCatalog, "2026-11-22"));
  expect(report.against).toMatchObject({ format: "FOCUS", months: 1, hours: 720 });
  expect(report.totals.difference).toBe(0);
  expect(costReconciliationMatches).toBe(true);
  const isValid = new Ajv({ strict: false }).compile(costReconciliationJsonSchema());
  expect(isValid(JSON.parse(JSON.stringify(report))), JSON.stringify(isValid.errors?.[0])).toBe(true);
  expect(report.items.filter(({ match, declared }) => match !== "both" && declared !== 0)).toEqual([]);
  expect(report.assumptions.map(({ id }) => id)).toContain("ASM-203");
});

describe("an answer of /allocation", () => {
  const workload = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web, resources: {requests: {cpu: "1", memory: 4Gi}}}]}
`;
  const cluster = `apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: weu}
spec: {region: westeurope, nodePools: [{name: system, mode: System, vmSize: Standard_D4s_v5, count: 2}]}
`;
  const shop = givenTexts({ "web.yaml": workload, "cluster.yaml": cluster });
  const allocated = (name: string, costs: Row) => ({
    [name]: {
      name,
      properties: name.startsWith("__") ? {} : { namespace: name },
      window: { start: "2026-11-01T00:00:00Z", end: "2026-11-08T00:00:00Z" },
      ...costs,
    },
  });
  const answer = (...sets: readonly object[]) => JSON.stringify({ code: 200, data: [Object.assign({}, ...sets)] });

  async function compare(text: string, currency?: string) {
    const options = { today: "2026-11-22", file: "allocation.json", by: { kind: "namespace" } as const, currency };
    return reconcileCost(shop, defaultCatalog, { ...options, chunks: inChunks(text) });
  }

  test("is compared name by name, its split of nodes apart from their price and their use", async () => {
    const report = await compare(
      answer(
        allocated("shop", { cpuCost: 5, ramCost: 5, pvCost: 2 }),
        allocated("ghost", { cpuCost: 1, ramCost: 1 }),
        allocated("__idle__", { cpuCost: 40, ramCost: 5 }),
      ),
    );
    if (!("kind" in report)) throw new Error("not compared");
    addsUp(report);
    expect(report.against).toMatchObject({ format: "OpenCost allocation", rows: 3, hours: 168 });
    const item = itemOf(report, "shop");
    expect(item?.match).toBe("both");
    expect(item?.reasons.map(({ reason }) => reason)).toContain("priceLevel");
    const split = item?.reasons.find(({ reason }) => reason === "splitRatio")?.text;
    expect(split).toMatch(/^memory is 18 % of CPU and memory there, \d+ % here$/);
    expect(itemOf(report, "ghost")).toMatchObject({ match: "onlyBilled", billed: 2 });
    expect(report.assumptions.map(({ id }) => id)).toContain("ASM-202");
  });

  test("in a currency without a rate cannot be compared", async () => {
    const report = await compare(answer(allocated("shop", { cpuCost: 8 })), "CHF");
    expect("kind" in report).toBe(false);
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["EST-786"]);
  });
});
