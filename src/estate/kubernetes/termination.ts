import type { FieldPath } from "../sources/yaml-document.ts";
import { asInteger, asList, asObject, isJsonObject, valueAt } from "./json-value.ts";
import type { Container, Workload } from "./workload.ts";

/** Kubernetes gives a pod this long to stop when nothing is said. */
export const standardGraceSeconds = 30;

export interface GracePeriod {
  /** Undefined: stated, but not readable. */
  readonly seconds: number | undefined;
  readonly stated: boolean;
  readonly path: FieldPath;
}

/** Seconds between SIGTERM and SIGKILL of a pod; the clock starts with the preStop hook, not after it. */
export function gracePeriodOf({ podSpec, podSpecPath }: Workload): GracePeriod {
  const value = podSpec["terminationGracePeriodSeconds"];
  const path = [...podSpecPath, "terminationGracePeriodSeconds"];
  if (value === undefined || value === null) return { seconds: standardGraceSeconds, stated: false, path };
  const seconds = asInteger(value);
  return { seconds: seconds !== undefined && seconds >= 0 ? seconds : undefined, stated: true, path };
}

/** What a container does before it is told to stop. */
export type PreStop =
  | { readonly kind: "none" }
  /** Waits this long, as far as its text says. */
  | { readonly kind: "sleep"; readonly seconds: number }
  /** A command or request that takes an unknown time. */
  | { readonly kind: "unknown" };

/** The preStop hook of a container: `sleep.seconds`, or the `sleep N` of a command. */
export function preStopOf({ value }: Container): PreStop {
  const hook = valueAt(value, ["lifecycle", "preStop"]);
  if (hook === undefined || hook === null) return { kind: "none" };
  if (!isJsonObject(hook)) return { kind: "unknown" };
  const { sleep, exec } = hook;
  if (isJsonObject(sleep)) {
    const seconds = asInteger(sleep["seconds"]);
    return seconds === undefined ? { kind: "unknown" } : { kind: "sleep", seconds };
  }
  const seconds = sleepSeconds(asList(asObject(exec)["command"]).filter((word) => typeof word === "string"));
  return seconds === undefined ? { kind: "unknown" } : { kind: "sleep", seconds };
}

const secondsByUnit: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3600 };

/** Sum of the sleeps in a command or shell text, `sleep 1m 30s` too; undefined where it sleeps nowhere. */
function sleepSeconds(command: readonly string[]): number | undefined {
  const text = command.join(" ");
  let sum: number | undefined;
  for (const [, durations = ""] of text.matchAll(/(?:^|[\s;&|(/])sleep((?:\s+\d+(?:\.\d+)?[smh]?)+)/g)) {
    for (const [, amount, unit = "s"] of durations.matchAll(/(\d+(?:\.\d+)?)([smh]?)/g)) {
      sum = (sum ?? 0) + Number(amount) * (secondsByUnit[unit === "" ? "s" : unit] ?? 1);
    }
  }
  return sum;
}
