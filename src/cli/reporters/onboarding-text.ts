import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { OnboardingEffect } from "../../operations/onboarding/onboarding-effect.ts";
import type { OnboardingRequest } from "../../operations/onboarding/onboarding-request.ts";
import type { FileChange } from "../../operations/planning/changed-files.ts";
import type { Style } from "../terminal/style.ts";
import { wrap } from "../terminal/wrap.ts";
import { changedFileLines } from "./changed-files.ts";
import { commandText } from "./printed-command.ts";
import { counted } from "./words.ts";

interface OnboardingReport {
  readonly request: OnboardingRequest;
  readonly files: readonly FileChange[];
  readonly effect: OnboardingEffect;
  /** The estate's folder, as it was given; none where the command found it by itself. */
  readonly paths: readonly string[];
}

interface Layout {
  readonly style: Style;
  readonly width: number;
}

/** More lines of one thing are counted. */
const mostLines = 8;

/** What was written, what it costs, who now shares what that was not accepted, and what to do next. */
export function onboardingText({ request, files, effect, paths }: OnboardingReport, layout: Layout): string {
  const { style } = layout;
  if (files.length === 0) return `${style.bold("Nothing to write: it is so already.")}\n`;
  return `${[
    style.bold(headOf(request)),
    ...changedFileLines(files, layout),
    "",
    ...section("What changes", changes(effect), layout),
    ...section("Shared, and not accepted", sharing(effect), layout),
    ...section("Runs nowhere", unplaced(effect), layout),
    ...section("Next", nextSteps(request, effect, files, paths), layout),
  ]
    .join("\n")
    .trimEnd()}\n`;
}

function headOf(request: OnboardingRequest): string {
  switch (request.kind) {
    case "addTenant":
      return `Tenant ${request.name} has joined`;
    case "addApplication":
      return `Application ${request.name} of ${request.tenant} has joined`;
    case "moveToTenant":
      return `Application ${request.application} has moved to tenant ${request.tenant}`;
    case "moveToClusters":
      return `Application ${request.application} has moved to ${request.clusters.join(", ")} in ${request.environment}`;
  }
}

function changes({ monthly, currency, tenant, runs, journeys }: OnboardingEffect): readonly string[] {
  const difference = monthly.after - monthly.before;
  const bill =
    Math.abs(difference) < 0.005
      ? `Bill: ${formatMoney(monthly.after, currency)} a month, as before.`
      : `Bill: ${formatMoney(monthly.after, currency)} a month, ${formatMoney(Math.abs(difference), currency)} ${difference > 0 ? "more" : "less"} than before.`;
  return [
    bill,
    ...(tenant === undefined ? [] : [budgetLine(tenant, currency)]),
    ...(runs.length === 0 ? [] : [`Runs: ${runsText(runs)}.`]),
    ...journeys.map(({ journey, minutes, objective, met }) => {
      const down =
        minutes === undefined ? "not known for how long it is down" : `${minutes.toFixed(1)} minutes down a month`;
      const verdict = met === undefined ? "" : met ? ", met" : ", missed";
      return `Journey ${journey}: ${down}${objective === undefined ? "" : `; objective ${objective}${verdict}`}.`;
    }),
  ];
}

function runsText(runs: OnboardingEffect["runs"]): string {
  const environments = [...Map.groupBy(runs, ({ environment }) => environment)];
  return environments
    .map(([environment, own]) => {
      const most = Math.max(...own.map(({ workloads }) => workloads));
      return `${counted(most, "workload")} in ${environment} on ${own.map(({ cluster }) => cluster).join(" and ")}`;
    })
    .join(", ");
}

function budgetLine(
  { tenant, monthly, budget, over }: NonNullable<OnboardingEffect["tenant"]>,
  currency: string,
): string {
  const cost = `Tenant ${tenant}: ${formatMoney(monthly, currency)} a month`;
  if (budget === undefined || over === undefined) return `${cost}; it has no budget.`;
  if (over < 0.005) return `${cost}, within its budget of ${formatMoney(budget, currency)}.`;
  return `${cost}, ${formatMoney(over, currency)} over its budget of ${formatMoney(budget, currency)}.`;
}

function sharing({ sharing: found }: OnboardingEffect): readonly string[] {
  return shown(
    found.map(({ tenants: [one, other], layer, because, lift }) => {
      const way = lift === undefined ? "" : ` Lifted by ${lift}.`;
      return `${one} and ${other}, ${layer}: ${because}.${way}`;
    }),
  );
}

function unplaced({ unplaced: found }: OnboardingEffect): readonly string[] {
  return shown(found.map(({ workload, reason }) => `${workload}: ${reason}.`));
}

function shown(lines: readonly string[]): readonly string[] {
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), `${lines.length - mostLines} more.`];
}

function nextSteps(
  request: OnboardingRequest,
  { sharing: found, unplaced: waiting }: OnboardingEffect,
  files: readonly FileChange[],
  paths: readonly string[],
) {
  return [
    `Review ${files.map(({ path }) => path).join(", ")} and commit it.`,
    ...(request.kind === "addTenant"
      ? [`Its first application: ${commandText(["app", "add", "--tenant", request.name], paths)}.`]
      : [`What is wrong with its manifests: ${commandText(["audit"], paths)}.`]),
    ...(found.length > 0 || waiting.length > 0
      ? [`Pools and clusters for what is demanded now: ${commandText(["plan", "--write"], paths)}.`]
      : []),
  ];
}

function section(title: string, lines: readonly string[], { style, width }: Layout): readonly string[] {
  if (lines.length === 0) return [];
  return [
    style.bold(title),
    ...lines.flatMap((line) => wrap(line, width - 4).map((text, index) => `${index === 0 ? "  - " : "    "}${text}`)),
    "",
  ];
}
