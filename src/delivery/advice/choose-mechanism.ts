import type { GateVerdict } from "./gate-quality.ts";

type Mechanism = "canary" | "flag";

export interface MechanismChoice {
  readonly mechanism: Mechanism;
  /** Sentences with the numbers that decide. */
  readonly reasons: readonly string[];
  /** Failures that it keeps from most users, and those that it does not. */
  readonly covers: readonly string[];
  readonly doesNotCover: readonly string[];
}

export interface MechanismQuestion {
  readonly verdict: GateVerdict;
  readonly requestsPerSecond: number;
  /** Requests of the smallest check, and those that one needs to judge by itself. */
  readonly smallestCheck: number;
  readonly requestsNeededPerCheck: number | undefined;
  readonly minutesUntilRollback: number | undefined;
}

const canaryCovers = [
  "crashes and start failures",
  "memory leaks, CPU and connection use",
  "base image, runtime and library changes",
  "configuration of the pods",
];
const flagCovers = [
  "one change of behaviour, apart from the rest of the release",
  "who sees it: named users and groups first",
];

/**
 * Infrastructure canary or feature flag: a flag isolates one change but shares the process, so that a crash takes all users; a canary
 * isolates the process but needs traffic to judge by.
 */
export function chooseMechanism(question: MechanismQuestion): MechanismChoice {
  if (question.verdict === "good") {
    return { mechanism: "canary", reasons: canaryReasons(question), covers: canaryCovers, doesNotCover: flagCovers };
  }
  return { mechanism: "flag", reasons: flagReasons(question), covers: flagCovers, doesNotCover: canaryCovers };
}

function canaryReasons({ minutesUntilRollback }: MechanismQuestion): readonly string[] {
  const undone =
    minutesUntilRollback === undefined
      ? []
      : [`It is undone without anybody in ${minutesUntilRollback.toFixed(1)} minutes on average.`];
  return ["The gate tells a regressed version from a healthy one at this traffic.", ...undone];
}

function flagReasons({ verdict, requestsPerSecond, smallestCheck, requestsNeededPerCheck }: MechanismQuestion) {
  const traffic = `at ${requestsPerSecond} requests/s`;
  const need =
    requestsNeededPerCheck === undefined
      ? "no number of requests would do, because the limit does not lie between healthy and regressed"
      : `it takes ${requestsNeededPerCheck.toLocaleString("en-US")} to judge by one check alone`;
  switch (verdict) {
    case "blind":
      return ["Nothing that the policy measures shows errors: a canary would be promoted whatever it does."];
    case "noise":
      return [`The gate is noise ${traffic}: its smallest check sees ${smallestCheck} requests, and ${need}.`];
    case "weak":
    case "good":
      return [
        `The gate misses the regression too often ${traffic}: its smallest check sees ${smallestCheck} requests, and ${need}.`,
        "A flag can stay at a small share for days, until enough requests have come.",
      ];
  }
}
