import type { VmSize } from "./catalog.ts";
import { citation, type SourceTable } from "./catalog-source.ts";
import table from "./tables/vm-sizes.json" with { type: "json" };

export const vmSizeSources: SourceTable = table.sources;

type Flag = 0 | 1 | null;
type Row = readonly [
  name: string,
  series: number,
  family: number,
  vcpu: number,
  memoryGiB: number,
  flags: string,
  evidence: number,
  tempDiskGiB?: number | null,
  maxDataDisks?: number | null,
  acceleratedNetworking?: Flag,
  nestedVirtualization?: Flag,
  constrainedCoreBase?: number | null,
  gpus?: number | null,
];

const EVIDENCE_FIELDS = ["tempDiskGiB", "nestedVirtualization", "acceleratedNetworking"] as const;

const sizes: readonly VmSize[] = (table.rows as unknown as readonly Row[]).map(sizeOf);
const byName = new Map(sizes.map((size) => [size.name.toLowerCase(), size]));

function sizeOf(row: Row): VmSize {
  const [name, series, family, vcpu, memoryGiB, flags, evidence, tempDisk, dataDisks, network, nested, base, gpus] =
    row;
  const [codes, unverified] = readEvidence(table.evidence[evidence] ?? "");
  return {
    name: `Standard_${name}`,
    series: table.series[series] ?? "",
    family: table.families[family] ?? "",
    vcpu,
    ...(typeof base === "number" ? { constrainedCoreBase: base } : {}),
    memoryGiB,
    tempDiskGiB: tempDisk ?? undefined,
    architecture: flags.includes("a") ? "arm64" : "amd64",
    gpus: gpus ?? 0,
    maxDataDisks: dataDisks ?? undefined,
    burstable: flags.includes("b"),
    premiumStorage: flags.includes("p"),
    acceleratedNetworking: asBoolean(network),
    nestedVirtualization: asBoolean(nested),
    userPoolAllowed: flags.includes("u"),
    systemPoolAllowed: flags.includes("s"),
    ...citation(vmSizeSources, unverified.includes("size") ? "inferred-sibling" : "ca-types"),
    unverified,
    evidence: codes,
  };
}

function readEvidence(text: string): readonly [VmSize["evidence"], readonly string[]] {
  const codes = text.split(",");
  const evidence: Record<string, string> = {};
  const unverified: string[] = codes.slice(EVIDENCE_FIELDS.length);
  for (const [index, field] of EVIDENCE_FIELDS.entries()) {
    const code = codes[index];
    if (code === undefined || code === "") continue;
    evidence[field] = code;
    if (code === "inferred-sibling") unverified.push(field);
  }
  return [evidence, unverified];
}

function asBoolean(flag: Flag | undefined): boolean | undefined {
  return flag === null || flag === undefined ? undefined : flag === 1;
}

/** ARM names are not case sensitive in Azure, so the look-up is not either. */
export function vmSize(name: string): VmSize | undefined {
  return byName.get(name.toLowerCase());
}

export function vmSizes(): readonly VmSize[] {
  return sizes;
}
