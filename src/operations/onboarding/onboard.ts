import type { Catalog } from "../../catalog/catalog.ts";
import { applicationClasses } from "../../catalog/platform-product.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { onboardingNotPossible } from "../../estate/diagnostics/onboarding-diagnostics.ts";
import { chartRequests, loadEstate } from "../../estate/load-estate.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { RenderedChart } from "../../estate/sources/chart.ts";
import { isUnder, sourceDirectory } from "../../estate/sources/source-path.ts";
import type { DocumentChange } from "../../planning/documents/document-change.ts";
import { withCatalogDiagnostics } from "../check-against-catalog.ts";
import { changedFiles, type FileChange } from "../planning/changed-files.ts";
import { EstateDocuments } from "../planning/write-documents.ts";
import type { ChartRenderer } from "../ports.ts";
import { hasErrors, type ReadEstate } from "../read-estate.ts";
import { checkRequest } from "./check-request.ts";
import { type OnboardingEffect, onboardingEffect } from "./onboarding-effect.ts";
import type { NewApplication, OnboardingRequest } from "./onboarding-request.ts";
import { objectiveChanges, requestChanges } from "./request-changes.ts";

export interface OnboardingOptions {
  readonly catalog: Catalog;
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  /** Renders charts that the estate did not name before. */
  readonly charts: ChartRenderer;
  readonly signal?: AbortSignal;
}

/** A tenant or application that joins or moves, as changes of files with what they bring about; nothing is written yet. */
export interface Onboarding {
  readonly files: readonly FileChange[];
  /** Errors: nothing may be written. */
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined where it cannot be done. */
  readonly effect: OnboardingEffect | undefined;
}

/**
 * Makes a request a change of the estate's documents, loads the estate that they would declare, and sets it against the
 * one that is declared: what it costs, who shares what that was not accepted, what does not run.
 */
export async function onboard(
  input: ReadEstate,
  request: OnboardingRequest,
  options: OnboardingOptions,
): Promise<Onboarding> {
  const { catalog, today } = options;
  const classes = [...new Set([...applicationClasses.map(({ name }) => name), ...usedClasses(input)])];
  const problems = checkRequest(request, input.estate, classes);
  if (hasErrors(problems)) return { files: [], diagnostics: problems, effect: undefined };
  const made = await makeChanges(input, request, options);
  if ("diagnostic" in made) return { files: [], diagnostics: [...problems, made.diagnostic], effect: undefined };
  const brought = newProblems(input, made.read);
  const files = changedFiles(input, made.read);
  if (hasErrors(brought)) return { files: [], diagnostics: [...problems, ...brought], effect: undefined };
  const before =
    request.kind === "addApplication" ? withoutApplication(input, made.read, request, catalog) : input.estate;
  const effect = onboardingEffect(before, made.read.estate, request, { catalog, today });
  return { files, diagnostics: [...problems, ...brought], effect };
}

function usedClasses({ estate }: ReadEstate): readonly string[] {
  return estate.applications.flatMap((application) => application.class ?? []);
}

type Made = { readonly read: ReadEstate } | { readonly diagnostic: Diagnostic };

async function makeChanges(input: ReadEstate, request: OnboardingRequest, options: OnboardingOptions): Promise<Made> {
  const documents = new EstateDocuments(input.sources);
  const kind = request.kind === "addTenant" ? "Tenant" : "Application";
  const name = "name" in request ? request.name : request.application;
  const beside = documents.ofKind(kind).at(-1);
  const path = documents.placeFor({ kind, name }, beside);
  const isChart = (folder: string) => input.sources.texts.has(`${folder}/Chart.yaml`);
  const changes = requestChanges(request, { estate: input.estate, beside, path, isChart });
  const first = await written(input, changes, options);
  if ("diagnostic" in first || request.kind !== "addApplication") return first;
  if (hasErrors(newProblems(input, first.read))) return first;
  return withObjectives(first.read, request, options);
}

/** Journeys need the entry points that only the loaded manifests show. */
async function withObjectives(read: ReadEstate, request: NewApplication, options: OnboardingOptions): Promise<Made> {
  const own = new Set(read.estate.workloads.filter((each) => each.application === request.name).map(({ id }) => id));
  const entryPoints = read.estate.entryPoints.filter(({ workloads }) => workloads.some((id) => own.has(id)));
  const change = objectiveChanges(request, [...new Set(entryPoints.map(({ name }) => name))]);
  if (change === undefined) return { read };
  if ("missing" in change) {
    const found =
      change.missing.length === 0
        ? "its manifests have no entry point"
        : `name one of its entry points, as in --objective ${change.missing[0] ?? ""}=99.9%: ${change.missing.join(", ")}`;
    return { diagnostic: diagnose(onboardingNotPossible, { what: `an objective for ${request.name}`, reason: found }) };
  }
  return written(read, [change], options);
}

async function written(
  input: ReadEstate,
  changes: readonly DocumentChange[],
  options: OnboardingOptions,
): Promise<Made> {
  const { texts, unwritten } = new EstateDocuments(input.sources).write(changes);
  const [problem] = unwritten;
  if (problem !== undefined) {
    const { kind, name } = problem.document;
    return {
      diagnostic: diagnose(onboardingNotPossible, { what: `changing ${kind}/${name}`, reason: problem.reason }),
    };
  }
  const roots = [
    ...new Set([...input.sources.roots, ...[...texts.keys()].filter((path) => !input.sources.texts.has(path))]),
  ];
  const sources = { ...input.sources, roots, texts: new Map([...input.sources.texts, ...texts]) };
  const renderedCharts = new Map<string, RenderedChart>(input.renderedCharts);
  for (const request of chartRequests(sources)) {
    if (!renderedCharts.has(request.key))
      renderedCharts.set(request.key, await options.charts.render(request, options.signal));
  }
  const estate = withCatalogDiagnostics(loadEstate(sources, { renderedCharts }), options.catalog);
  return { read: { estate, sources, renderedCharts } };
}

/** Manifests that lie in the folder already were read as nobody's: what joins is set against an estate without them. */
function withoutApplication(input: ReadEstate, after: ReadEstate, { name }: NewApplication, catalog: Catalog): Estate {
  const own = after.estate.objects.filter(({ application }) => application === name);
  const folders = new Set(own.map(({ object }) => sourceDirectory(object.locate([]).source)));
  const texts = new Map(
    [...input.sources.texts].filter(
      ([path, text]) =>
        text.includes("scantling/") || ![...folders].some((folder) => folder !== "." && isUnder(path, folder)),
    ),
  );
  const { renderedCharts } = input;
  const sources = { ...input.sources, texts };
  const estate = loadEstate(sources, renderedCharts === undefined ? {} : { renderedCharts });
  return newProblems(input, { estate, sources }).some(({ severity }) => severity === "error")
    ? input.estate
    : withCatalogDiagnostics(estate, catalog);
}

/** Errors and warnings that are not there without the change. */
function newProblems(before: ReadEstate, after: ReadEstate): readonly Diagnostic[] {
  const known = new Set(before.estate.diagnostics.map(({ code, message }) => `${code} ${message}`));
  return after.estate.diagnostics.filter(
    ({ severity, code, message }) => severity !== "note" && !known.has(`${code} ${message}`),
  );
}
