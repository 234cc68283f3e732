import { bySizeName, Dictionary, shortSize, type Table, type TableSource } from "./table.ts";
import type { RawPrices } from "./vm-prices.ts";

interface RawSize {
  readonly name: string;
  readonly series: string;
  readonly family: string;
  readonly vcpu: number;
  readonly constrainedCoreBase: number | null;
  readonly memoryGiB: number;
  readonly gpu: number;
  readonly arch: string;
  readonly tempDiskGiB: number | null;
  readonly maxDataDisks: number | null;
  readonly acceleratedNetworking: boolean | null;
  readonly burstable: boolean;
  readonly nestedVirtualization: boolean | null;
  readonly premiumStorage: boolean;
  readonly aksUserPoolOk: boolean;
  readonly aksSystemPoolOk: boolean;
  readonly evidence: {
    readonly tempDisk: string | null;
    readonly nested: string | null;
    readonly accelNet: string | null;
  };
}

export interface RawSizes {
  readonly sizes: readonly RawSize[];
}

const SOURCES: Record<string, TableSource> = {
  "ca-types": {
    origin: "kubernetes/autoscaler",
    path: "cluster-autoscaler/cloudprovider/azure/azure_instance_types.go",
    date: "2026-03-17",
    note: "name, family, vCPU, memory, GPU, architecture",
  },
  "max-disks": {
    origin: "kubernetes-sigs/azuredisk-csi-driver",
    path: "pkg/azuredisk/azure_dd_max_disk_count.go",
    date: "2026-08-22",
  },
  "sku-dump": {
    origin: "Azure/karpenter-provider-azure",
    path: "pkg/fake/zz_generated.sku.{southcentralus,westcentralus}.go",
    date: "2025-06-03",
  },
  "compute-docs": {
    origin: "MicrosoftDocs/azure-compute-docs",
    path: "articles/virtual-machines/sizes/**",
    date: "2026-03",
  },
  list2022: { origin: "gist stknohg/d7b02f4d172d417045526e566e1b0dba", date: "2022-06-26" },
  "price-list-2020": {
    origin: "zavab/azure-vmchooser-database",
    path: "compute/static-apipricing-base-payg.json",
    date: "2020-04-30",
  },
  "inferred-sibling": {
    origin: "the rule of a sibling series whose page was read",
    date: "2026-11-22",
    note: "unverified",
  },
  recall: { origin: "recalled, not read in a source", date: "undated" },
};

/** Shared GPUs: the upstream list counts whole ones. Recalled, so marked as unverified. */
const GPU_SHARES: Readonly<Record<string, number>> = {
  NV4as_v4: 1 / 8,
  NV8as_v4: 1 / 4,
  NV16as_v4: 1 / 2,
  NV6ads_A10_v5: 1 / 6,
  NV12ads_A10_v5: 1 / 3,
  NV18ads_A10_v5: 1 / 2,
  NG8ads_V620_v1: 1 / 4,
  NG16ads_V620_v1: 1 / 2,
  NG32ads_V620_v1: 1,
  NG32adms_V620_v1: 1,
  NV4ads_V710_v5: 1 / 6,
  NV8ads_V710_v5: 1 / 3,
  NV12ads_V710_v5: 1 / 2,
  NV24ads_V710_v5: 1,
  NV28adms_V710_v5: 1,
};

/** Memory that the upstream generator truncates to whole GiB; guards a refresh of the compiled file. */
const MEMORY_GIB: Readonly<Record<string, number>> = {
  B1ls: 0.5,
  D1_v2: 3.5,
  DS1_v2: 3.5,
  M8ms: 218.75,
  "M8-2ms": 218.75,
  "M8-4ms": 218.75,
  M16ms: 437.5,
  "M16-4ms": 437.5,
  "M16-8ms": 437.5,
};

const BURSTABLE_BASELINE_NOTE = "share of each vCPU that a burstable size may use all the time, in percent";

export function transcribeVmSizes(
  raw: RawSizes & { readonly burstableBaseline?: { readonly [key: string]: unknown } },
  prices: RawPrices,
): Table {
  const series = new Dictionary();
  const families = new Dictionary();
  const evidence = new Dictionary();
  const known = new Map(raw.sizes.map((size) => [size.name, size]));
  const sizes = [...raw.sizes, ...seventhGeneration(known, prices)];
  const rows = sizes
    .toSorted((left, right) => bySizeName(left.name, right.name))
    .map((size) => {
      const name = shortSize(size.name);
      const gpus = GPU_SHARES[name] ?? size.gpu;
      const memoryGiB = MEMORY_GIB[name] ?? size.memoryGiB;
      if (memoryGiB <= 0 || size.vcpu <= 0) throw new Error(`size without memory or vCPU: ${size.name}`);
      return [
        name,
        series.indexOf(size.series),
        families.indexOf(size.family),
        size.vcpu,
        memoryGiB,
        flags(size),
        evidence.indexOf(evidenceCodes(size, name in GPU_SHARES)),
        size.tempDiskGiB,
        size.maxDataDisks,
        flag(size.acceleratedNetworking),
        flag(size.nestedVirtualization),
        size.constrainedCoreBase,
        gpus === 0 ? null : Math.round(gpus * 1e6) / 1e6,
      ];
    });
  return {
    title: "Virtual machine sizes that AKS node pools may use",
    sources: SOURCES,
    flags: "a arm64, b burstable, p premium storage, u user pool allowed, s system pool allowed",
    evidence: evidence.texts,
    series: series.texts,
    families: families.texts,
    burstableBaselinePercent: {
      note: BURSTABLE_BASELINE_NOTE,
      source: "compute-docs",
      ...(raw.burstableBaseline?.["Bsv2 percent of each vCPU"] as object),
    },
    columns: [
      "name",
      "series",
      "family",
      "vcpu",
      "memoryGiB",
      "flags",
      "evidence",
      "tempDiskGiB",
      "maxDataDisks",
      "acceleratedNetworking",
      "nestedVirtualization",
      "constrainedCoreBase",
      "gpus",
    ],
    rows,
  };
}

/**
 * Intel v7 sizes are priced, but absent from the size list. Taken over from the v6 size of the same name where one
 * exists, as unverified; larger sizes that v6 has not stay unknown.
 */
function seventhGeneration(known: ReadonlyMap<string, RawSize>, prices: RawPrices): readonly RawSize[] {
  const priced = new Set(Object.values(prices.virtualMachines).flatMap((region) => Object.keys(region)));
  const added: RawSize[] = [];
  for (const name of priced) {
    const twin = known.get(name.replace(/_v7$/, "_v6"));
    if (known.has(name) || !name.endsWith("_v7") || twin === undefined) continue;
    added.push({
      ...twin,
      name,
      series: twin.series.replace("v6", "v7"),
      family: twin.family.replace("v6", "v7").replace("V6", "V7"),
      tempDiskGiB: twin.tempDiskGiB === 0 ? 0 : null,
      nestedVirtualization: null,
      acceleratedNetworking: null,
      maxDataDisks: null,
      evidence: { tempDisk: twin.tempDiskGiB === 0 ? "inferred" : null, nested: null, accelNet: "twin-v6" },
    });
  }
  return added;
}

/** `tempDisk,nested,accelNet` source ids, and `size` or `gpus` where the size itself or its GPU share is not read. */
function evidenceCodes(size: RawSize, gpuShare: boolean): string {
  const twin = size.evidence.accelNet === "twin-v6";
  const accelerated = twin ? "" : (size.evidence.accelNet ?? "");
  const extra = `${twin ? ",size" : ""}${gpuShare ? ",gpus" : ""}`;
  return `${sourceId(size.evidence.tempDisk)},${sourceId(size.evidence.nested)},${sourceId(accelerated)}${extra}`;
}

function sourceId(code: string | null): string {
  if (code === "doc") return "compute-docs";
  return code === "inferred" ? "inferred-sibling" : (code ?? "");
}

function flags(size: RawSize): string {
  return [
    size.arch === "arm64" ? "a" : "",
    size.burstable ? "b" : "",
    size.premiumStorage ? "p" : "",
    size.aksUserPoolOk && size.memoryGiB >= 2 ? "u" : "",
    size.aksSystemPoolOk ? "s" : "",
  ].join("");
}

function flag(value: boolean | null): 0 | 1 | null {
  if (value === null) return null;
  return value ? 1 : 0;
}
