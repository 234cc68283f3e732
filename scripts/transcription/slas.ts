import { SLA_CONDITIONS, type SlaCondition } from "./sla-conditions.ts";
import type { Table, TableSource } from "./table.ts";

interface RawSource {
  readonly repo?: string;
  readonly site?: string;
  readonly path?: string;
  readonly kind?: string;
  readonly date?: string;
}

interface RawSla {
  readonly service: string;
  readonly config: string;
  readonly sla_percent: number | null;
  readonly write_sla_percent?: number;
  readonly slo_percent?: number;
  readonly cool?: { readonly read: number; readonly write: number };
  readonly durability_nines?: number;
  readonly scope: string;
  readonly source: readonly string[];
  readonly verified: boolean;
  readonly conflict?: string;
  readonly note?: string;
  readonly rpo_s?: number;
  readonly rto_s?: number;
}

interface RawSlas {
  readonly compiled: string;
  readonly sources: { readonly [id: string]: RawSource };
  readonly sla: readonly RawSla[];
}

/** Every row of the SLA table with typed conditions; a row whose prose has none fails the transcription. */
export function transcribeSlas(raw: RawSlas): Table {
  return {
    title: "Service level agreements",
    sources: sourcesOf(raw.sources),
    compiled: raw.compiled,
    columns: [
      "service",
      "configuration",
      "when",
      "slaPercent",
      "writeSlaPercent",
      "scope",
      "sources",
      "verified",
      "details",
    ],
    rows: raw.sla.flatMap((row) => rowsOf(row)),
  };
}

function rowsOf(row: RawSla): readonly (readonly unknown[])[] {
  const when = SLA_CONDITIONS[row.service]?.[row.config];
  if (when === undefined) throw new Error(`no conditions for ${row.service}: ${row.config}`);
  const cell = (
    configuration: string,
    conditions: readonly SlaCondition[],
    read: number | null,
    write: number | undefined,
  ) => [
    row.service,
    configuration,
    conditions,
    read === null ? null : String(read),
    write === undefined ? null : String(write),
    row.scope,
    row.source,
    row.verified ? 1 : 0,
    details(row),
  ];
  if (when === "businessContinuity") return [cell(row.config, [], row.sla_percent, row.write_sla_percent)];
  if (row.cool === undefined) return [cell(row.config, when, row.sla_percent, row.write_sla_percent)];
  const access = (tier: "hot" | "cool") => when.map((condition) => ({ ...condition, accessTier: tier }));
  return [
    cell(row.config, access("hot"), row.sla_percent, row.write_sla_percent),
    cell(row.config.replace(/hot$/, "cool"), access("cool"), row.cool.read, row.cool.write),
  ];
}

function details(row: RawSla): unknown {
  const known = {
    conflict: row.conflict,
    note: row.note,
    sloPercent: row.slo_percent === undefined ? undefined : String(row.slo_percent),
    durabilityNines: row.durability_nines,
    rpoSeconds: row.rpo_s,
    rtoSeconds: row.rto_s,
  };
  const given = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  return Object.keys(given).length === 0 ? null : given;
}

interface RawRecovery {
  readonly what: string;
  readonly source: string;
  readonly verified: boolean | string;
  readonly [figure: string]: unknown;
}

/** Published recovery times; durations in seconds, words where a source has only words. */
export function transcribeRecovery(raw: RawSlas & { readonly recovery: readonly RawRecovery[] }): Table {
  const sources = sourcesOf(raw.sources);
  const rows = raw.recovery.map(({ what, source, verified, ...figures }) => {
    const id = source in sources ? source : "reliability-vm";
    const partly = typeof verified === "string" ? { verifiedNote: verified } : {};
    return [what, id, verified === true ? 1 : 0, { ...renamed(figures), ...partly }];
  });
  return {
    title: "Published recovery times of services",
    sources: {
      ...sources,
      "reliability-vm": {
        origin: "MicrosoftDocs/azure-docs",
        path: "articles/reliability/reliability-virtual-machines.md",
        date: "2025-07-08",
      },
    },
    columns: ["what", "source", "verified", "figures"],
    rows,
  };
}

const FIGURE_NAMES: Readonly<Record<string, string>> = {
  rto: "rtoText",
  rpo: "rpoText",
  rto_s: "rtoSeconds",
  rpo_s: "rpoSeconds",
  rto_s_typical: "rtoSecondsTypical",
  rto_s_up_to: "rtoSecondsUpTo",
  rto_s_sla: "rtoSecondsSla",
  rpo_s_typical: "rpoSecondsTypical",
  rpo_s_max: "rpoSecondsMaximum",
  rpo_sla: "rpoSla",
};

function renamed(figures: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(figures).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([key, value]) => [FIGURE_NAMES[key] ?? key, value]));
}

function sourcesOf(raw: RawSlas["sources"]): Record<string, TableSource> {
  const entries = Object.entries(raw).map(([id, source]) => {
    const origin = id === "recall" ? "recalled, not read in a source" : (source.repo ?? source.site ?? id);
    const words = source.date ?? "undated";
    const date = words.match(/\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?(?!\d)/)?.[0] ?? "undated";
    return [
      id,
      {
        origin,
        ...(source.path === undefined ? {} : { path: source.path }),
        date,
        ...(words === date || words === "undated" ? {} : { note: words }),
      },
    ] as const;
  });
  return Object.fromEntries(entries);
}
