import type { Observation } from "../../availability/drills/verify-observation.ts";
import { csvRows } from "../../availability/worksheet/csv-rows.ts";
import { observationRefused } from "../../estate/diagnostics/chaos-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";

/** One row or entry as written: an observation, or one step of one. */
interface Entry {
  readonly where: string;
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Observations from JSON (`{observations: [...]}` or an array) or CSV. Each names experiment and journey and says
 * `downtimeSeconds`; or it is one step of `seconds` (60 by default) with `good` and `total` requests, and the steps of an
 * experiment add up: a step counts by the share of its requests that were bad.
 */
export function readObservations(
  file: string,
  text: string,
): { readonly observations: readonly Observation[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const refuse = (where: string, problem: string) => {
    diagnostics.push(diagnose(observationRefused, { file, where, problem }));
  };
  const entries = /^\s*[[{]/.test(text) ? jsonEntries(text, refuse) : csvEntries(text);
  const byKey = new Map<string, Observation>();
  for (const { where, fields } of entries) {
    const experiment = fields.get("experiment");
    if (experiment === undefined || experiment === "") {
      refuse(where, "it names no experiment");
      continue;
    }
    const seconds = downtimeOf(fields);
    if (typeof seconds === "string") {
      refuse(where, seconds);
      continue;
    }
    const journey = fields.get("journey") ?? "";
    const key = `${experiment} ${journey}`;
    byKey.set(key, { experiment, journey, downtimeSeconds: seconds + (byKey.get(key)?.downtimeSeconds ?? 0) });
  }
  return { observations: [...byKey.values()], diagnostics };
}

const stepSeconds = 60;

/** Seconds of downtime, or what is wrong. */
function downtimeOf(fields: ReadonlyMap<string, string>): number | string {
  const stated = fields.get("downtimeSeconds");
  if (stated !== undefined && stated !== "") {
    const value = Number(stated);
    return Number.isFinite(value) && value >= 0 ? value : `its downtimeSeconds are no number of seconds`;
  }
  const good = Number(fields.get("good") || Number.NaN);
  const total = Number(fields.get("total") || Number.NaN);
  const seconds = Number(fields.get("seconds") || stepSeconds);
  if (!Number.isFinite(good) || !Number.isFinite(total)) return "it says neither downtimeSeconds nor good and total";
  if (good < 0 || total < good || !(seconds > 0) || !Number.isFinite(seconds))
    return "good must lie between 0 and total";
  // Without a request nobody was refused.
  return total === 0 ? 0 : seconds * (1 - good / total);
}

function csvEntries(text: string): readonly Entry[] {
  const [head, ...rows] = csvRows(text).rows;
  const names = head?.cells ?? [];
  return rows.map(({ line, cells }) => ({
    where: `Line ${line}`,
    fields: new Map(names.map((name, index) => [name, cells[index] ?? ""])),
  }));
}

function jsonEntries(text: string, refuse: (where: string, problem: string) => void): readonly Entry[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    refuse("The text", "it is no JSON");
    return [];
  }
  const list = isMapping(parsed) ? parsed.observations : parsed;
  if (!Array.isArray(list)) {
    refuse("The document", "it holds no list of observations");
    return [];
  }
  return list.flatMap((each: unknown, index): readonly Entry[] => {
    const where = `Observation ${index + 1}`;
    if (!isMapping(each)) {
      refuse(where, "it is no mapping");
      return [];
    }
    const fields = Object.entries(each).flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number" ? [[name, String(value)] as const] : [],
    );
    return [{ where, fields: new Map(fields) }];
  });
}

function isMapping(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
