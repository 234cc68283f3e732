import type { Catalog } from "../../../catalog/catalog.ts";
import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { consistencyNotDeclared, simulatedStoreModel } from "../../../estate/assumptions/consistency-rules.ts";
import {
  optionUnsupported,
  quorumUnusable,
  simulationNameUnknown,
  strongNeedsOneWriter,
} from "../../../estate/diagnostics/consistency-diagnostics.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { consistencyLevels, type StoreModel } from "../../../stateful/simulation/scenario/scenario.ts";
import { type ConsistencyQuestion, subjectOf } from "./consistency-question.ts";
import { stalenessBound } from "./staleness-bound.ts";

/** The store to play: as the flags say, as the DataStore declares, or the model that comes nearest to its service. */
export function storeModelOf(
  question: ConsistencyQuestion,
  regions: readonly string[],
  catalog: Catalog,
  assumptions: Assumption[],
  diagnostics: Diagnostic[],
): StoreModel | undefined {
  if (question.quorum !== undefined) return quorumModel(question.quorum, diagnostics);
  const service = question.store?.service ?? "cosmosDb";
  const isCosmos = question.level !== undefined || service === "cosmosDb" || service === "auto";
  if (question.primaryReplica !== undefined || !isCosmos) return primaryModel(question, service, regions, assumptions);
  return cosmosModel(question, regions.length, catalog, assumptions, diagnostics);
}

function cosmosModel(
  question: ConsistencyQuestion,
  regions: number,
  catalog: Catalog,
  assumptions: Assumption[],
  diagnostics: Diagnostic[],
): StoreModel | undefined {
  const declared = (question.store?.spec["consistency"] as { readonly reads?: string } | undefined)?.reads;
  const written = question.level ?? declared;
  if (written === undefined)
    assumptions.push(assume(consistencyNotDeclared, subjectOf(question), { level: "session" }));
  const level = consistencyLevels.find(
    (each) => each.toLowerCase() === (written ?? "session").replaceAll(/[-_\s]/g, "").toLowerCase(),
  );
  if (level === undefined) {
    const what = "consistency level";
    diagnostics.push(diagnose(simulationNameUnknown, { what, written: written ?? "", candidates: consistencyLevels }));
    return undefined;
  }
  const multiWrite = question.multiWrite ?? (question.store?.regions.writers.length ?? 0) > 1;
  if (multiWrite && level === "strong") diagnostics.push(diagnose(strongNeedsOneWriter, {}));
  const bound = stalenessBound(question, { level, regions }, catalog, assumptions, diagnostics);
  return { kind: "cosmos", level, multiWrite, bound };
}

function quorumModel(quorum: readonly number[], diagnostics: Diagnostic[]): StoreModel | undefined {
  const [replicas = 0, read = 0, write = 0] = quorum;
  const written = quorum.join(",");
  const fits = (size: number) => Number.isInteger(size) && size >= 1 && size <= replicas;
  const problem =
    quorum.length !== 3 || !Number.isInteger(replicas) || replicas < 1 || replicas > 9
      ? "N has to be a whole number from 1 to 9, followed by R and W"
      : !fits(read)
        ? `R is ${read}, not from 1 to ${replicas}`
        : !fits(write)
          ? `W is ${write}, not from 1 to ${replicas}`
          : undefined;
  if (problem === undefined) return { kind: "quorum", replicas, read, write };
  diagnostics.push(diagnose(quorumUnusable, { quorum: written, problem }));
  return undefined;
}

function primaryModel(
  question: ConsistencyQuestion,
  service: string,
  regions: readonly string[],
  assumptions: Assumption[],
): StoreModel {
  const synchronous = question.primaryReplica === "sync" ? 1 : 0;
  const replicas = Math.max(2, regions.length);
  if (question.primaryReplica === undefined) {
    assumptions.push(
      assume(simulatedStoreModel, subjectOf(question), {
        service,
        model: "a primary with asynchronous replicas that are read where they are nearest",
      }),
    );
  }
  return { kind: "primaryReplica", replicas, synchronous, readFrom: "nearest" };
}

/** Diagnoses options that the store has not: nothing that is asked for is passed over. */
export function checkOptions(question: ConsistencyQuestion, store: StoreModel, diagnostics: Diagnostic[]): void {
  const refuse = (option: string, isGiven: boolean, why: string) => {
    if (isGiven) diagnostics.push(diagnose(optionUnsupported, { option, why }));
  };
  const isBounded = store.kind === "cosmos" && store.level === "boundedStaleness";
  const isLeaderless = store.kind === "quorum";
  const onlyBounded = "only boundedStaleness has a bound";
  refuse("--staleness-versions", question.stalenessVersions !== undefined && !isBounded, onlyBounded);
  refuse("--staleness-seconds", question.stalenessSeconds !== undefined && !isBounded, onlyBounded);
  refuse(
    "--expected-version",
    question.expectedVersion === true && isLeaderless,
    "a quorum store has no single replica that could compare versions",
  );
  refuse(
    "--multi-write",
    question.multiWrite === true && store.kind !== "cosmos",
    isLeaderless
      ? "every region of a quorum store takes writes as it is"
      : "a primary is the only one that takes writes",
  );
}
