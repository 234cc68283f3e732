import * as z from "zod";
import { latencyFitUnusable } from "../../../estate/diagnostics/consistency-diagnostics.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { type LatencyDistribution, latencyProblem } from "../../../stateful/latency/latency-distribution.ts";
import type { QuorumLatencies } from "../../../stateful/staleness/wars.ts";

const simpleFit = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("constant"), milliseconds: z.number() }),
  z.strictObject({ kind: z.literal("exponential"), mean: z.number(), floor: z.number().default(0) }),
  z.strictObject({ kind: z.literal("pareto"), scale: z.number(), shape: z.number() }),
]);
const mixture = z.strictObject({
  kind: z.literal("mixture"),
  parts: z.array(z.strictObject({ weight: z.number(), distribution: simpleFit })).min(1),
});
/** A plain number is a delay that never varies. */
const fit = z.union([
  z.number().transform((milliseconds): LatencyDistribution => ({ kind: "constant", milliseconds })),
  z.discriminatedUnion("kind", [...simpleFit.options, mixture]),
]);

const LatencyFileSchema = z.strictObject({
  withinRegion: fit.optional(),
  betweenRegions: fit.optional(),
  links: z.array(z.strictObject({ from: z.string(), to: z.string(), delay: fit })).default([]),
  quorum: z.strictObject({ write: fit, acknowledge: fit, read: fit, reply: fit }).optional(),
});

/** Delays that somebody measured; one way, milliseconds. */
export interface GivenLatencies {
  readonly withinRegion?: LatencyDistribution | undefined;
  /** Between any two regions that `links` does not name. */
  readonly betweenRegions?: LatencyDistribution | undefined;
  /** A link counts both ways, unless the way back is given too. */
  readonly links: readonly { readonly from: string; readonly to: string; readonly delay: LatencyDistribution }[];
  /** The four delays of a quorum store, alike for all replicas. */
  readonly quorum?: QuorumLatencies | undefined;
}

/** Reads a latency file; undefined when it cannot be used, which is diagnosed. */
export function readLatencyFile(
  { file, text }: { readonly file: string; readonly text: string },
  diagnostics: Diagnostic[],
): GivenLatencies | undefined {
  const read = parse(text);
  const problems = "problem" in read ? [{ at: "", problem: read.problem }] : fitProblems(read);
  for (const { at, problem } of problems)
    diagnostics.push(diagnose(latencyFitUnusable, { fit: at === "" ? file : `${at} of ${file}`, problem }));
  return "problem" in read || problems.length > 0 ? undefined : read;
}

function parse(text: string): GivenLatencies | { readonly problem: string } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { problem: "it is no JSON" };
  }
  const { success, data: latencies, error } = LatencyFileSchema.safeParse(data);
  if (!success) return { problem: firstIssue(error) };
  const { withinRegion, betweenRegions, links, quorum } = latencies;
  if (withinRegion === undefined && betweenRegions === undefined && quorum === undefined && links.length === 0)
    return { problem: "it gives no delay" };
  return latencies;
}

/** Place and nature of the first thing that has not the form of a latency file. */
function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  const at = issue?.path.join(".") ?? "";
  const isFit = issue?.code === "invalid_union";
  const what = isFit
    ? "a number of milliseconds, or a fit of kind constant, exponential, pareto or mixture"
    : (issue?.message ?? "");
  return `${at === "" ? "it" : at} ${isFit ? "is not" : "is wrong:"} ${what}`;
}

function fitProblems(given: GivenLatencies): readonly { readonly at: string; readonly problem: string }[] {
  const { withinRegion, betweenRegions, links, quorum } = given;
  const fits: readonly (readonly [at: string, fit: LatencyDistribution | undefined])[] = [
    ["withinRegion", withinRegion],
    ["betweenRegions", betweenRegions],
    ...links.map(({ from, to, delay }) => [`link ${from}-${to}`, delay] as const),
    ...Object.entries(quorum ?? {}).map(([leg, delay]) => [`quorum.${leg}`, delay as LatencyDistribution] as const),
  ];
  const wrong = fits.flatMap(([at, each]) => {
    const problem = each === undefined ? undefined : latencyProblem(each);
    return problem === undefined ? [] : [{ at, problem }];
  });
  const names = links.map(({ from, to }) => `${from}-${to}`);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [...wrong, ...twice.map((name) => ({ at: `link ${name}`, problem: "it is given more than once" }))];
}
