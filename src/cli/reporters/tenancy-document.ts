import { tenancyLayers } from "../../estate/model/tenancy-layer.ts";
import type { TenancyReport } from "../../operations/tenancy/tenancy.ts";
import { layerWords } from "../../tenancy/sharing/layer-words.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { printedCommand } from "./printed-command.ts";
import { counted, listed } from "./words.ts";

type Pair = TenancyReport["pairs"][number];

/** More tenants than a matrix shows side by side. */
const matrixTenants = 7;
/** More verdicts in full than anybody reads; the others are in the matrix, and in the JSON. */
const verdictsInFull = 12;

/**
 * The matrix, the weakest link of each pair with what would lift it, and what clusters have once for all.
 * @param paths as the command was given, for the command that the page offers
 */
export function tenancyDocument(report: TenancyReport, paths: readonly string[]): Document {
  const { pairs } = report;
  const unmet = pairs.filter(({ verdictKind }) => verdictKind === "unmet");
  const open = pairs.filter(({ verdictKind }) => verdictKind === "notEvaluable");
  return [
    heading(1, `Tenancy of ${report.estate}`),
    paragraph(summary(pairs, unmet, open, paths)),
    ...matrix(pairs),
    ...(unmet.length === 0 ? [] : [heading(2, "Weakest links"), ...unmet.slice(0, verdictsInFull).flatMap(pairItems)]),
    ...restItems(unmet),
    ...(open.length === 0
      ? []
      : [heading(2, "What cannot be told"), ...bullets(open.slice(0, verdictsInFull).map(({ verdict }) => verdict))]),
    ...layerSummary(pairs),
    ...platformItems(report),
    ...componentItems(report),
  ];
}

function summary(
  pairs: readonly Pair[],
  unmet: readonly Pair[],
  open: readonly Pair[],
  paths: readonly string[],
): string {
  const [pair] = [...unmet, ...open, ...pairs];
  if (pair === undefined) return "There are no two tenants to compare.";
  if (unmet.length === 0 && open.length === 0)
    return `No pair of tenants shares more than both accept (${counted(pairs.length, "pair")} compared). What a tenant accepts follows from its trust; ${code("Tenant.spec.accepts")} states it layer by layer.`;
  const parts = [
    ...(unmet.length === 0
      ? []
      : [`${unmet.length} of ${counted(pairs.length, "pair")} of tenants share more than both accept`]),
    ...(open.length === 0 ? [] : [`of ${open.length === pairs.length ? "all" : open.length} it cannot be told`]),
  ];
  return `${parts.join(", ")}. One pair layer by layer: ${printedCommand(["tenancy", "--between", pair.tenants.join(",")], paths)}.`;
}

function matrix(pairs: readonly Pair[]): Document {
  const names = [...new Set(pairs.flatMap(({ tenants }) => tenants))].toSorted();
  if (names.length < 2 || names.length > matrixTenants) return [];
  const rows = names.map((row, index) => [
    row,
    ...names.map((column, place) => (place <= index ? "" : cellOf(pairs, row, column))),
  ]);
  return table([{ title: "Layers short" }, ...names.map((title) => ({ title }))], rows.slice(0, -1));
}

function cellOf(pairs: readonly Pair[], row: string, column: string): string {
  const pair = pairs.find(({ tenants }) => tenants.includes(row) && tenants.includes(column));
  if (pair === undefined) return "";
  const short = pair.layers.filter(({ met }) => met === false).length;
  const open = pair.layers.filter(({ met }) => met === "notEvaluable").length;
  if (short > 0) return `${short} short`;
  return open > 0 ? `${open} unknown` : "as wanted";
}

function pairItems(pair: Pair): Document {
  const { tenants, weakest, layers, lifts } = pair;
  if (weakest === undefined) return [];
  const short = layers.filter(({ met }) => met === false).map(({ layer }) => layer);
  return [
    heading(3, `${tenants.join(" and ")}: ${layerWords(weakest.layer).one}`),
    paragraph(`${sentence(weakest.because)} It is ${weakest.sharing}, wanted ${weakest.accepted ?? "apart"}.`),
    ...bullets([`Short: ${listed(short, 12)}`, ...lifts.map((lift) => `Lift: ${lift}`)]),
  ];
}

function restItems(unmet: readonly Pair[]): Document {
  const rest = unmet.slice(verdictsInFull);
  return rest.length === 0 ? [] : [paragraph(`${counted(rest.length, "more pair")} fall short; -o json lists all.`)];
}

/** How often each layer is shared, over all pairs. */
function layerSummary(pairs: readonly Pair[]): Document {
  if (pairs.length === 0) return [];
  const layers = Map.groupBy(
    pairs.flatMap((pair) => pair.layers),
    ({ layer }) => layer,
  );
  const rows = [...layers].map(([layer, states]) => {
    const of = (sharing: string) => String(states.filter((state) => state.sharing === sharing).length);
    const short = states.filter(({ met }) => met === false).length;
    return [layer, of("separate"), of("bounded"), of("shared"), of("unknown"), short === 0 ? "" : String(short)];
  });
  const number = (title: string) => ({ title, align: "right" }) as const;
  return [
    heading(2, `Layers over ${counted(pairs.length, "pair")}`),
    ...table([{ title: "Layer" }, ...["Separate", "Bounded", "Shared", "Unknown", "Short"].map(number)], rows),
  ];
}

function platformItems({ platform }: TenancyReport): Document {
  if (platform.length === 0) return [];
  return [
    heading(2, "With the platform"),
    paragraph("The platform runs the clusters and has agents on every node: what is shared with it so is by design."),
    ...bullets(platform.slice(0, verdictsInFull).map(({ verdict }) => verdict)),
  ];
}

function componentItems({ components }: TenancyReport): Document {
  const shown = components.filter(
    ({ operators, crds, webhooks }) => operators.length + crds.length + webhooks.length > 0,
  );
  if (shown.length === 0) return [];
  const conflicts = [
    ...new Set(shown.flatMap((each) => each.conflicts.map((conflict) => `${each.cluster}: ${conflict}`))),
  ];
  return [
    heading(2, "Once for all on each cluster"),
    ...table(
      [
        { title: "Cluster" },
        { title: "Components" },
        { title: "CRDs", align: "right" },
        { title: "Webhooks", align: "right" },
      ],
      shown.map(({ cluster, operators, crds, webhooks }) => [
        cluster,
        operators.length === 0
          ? "none declared"
          : operators.map(({ name, version }) => (version === undefined ? name : `${name} ${version}`)).join(", "),
        String(crds.length),
        String(webhooks.length),
      ]),
    ),
    ...(conflicts.length === 0
      ? [paragraph("No definition has two sources, and no webhook of a tenant judges another's objects.")]
      : bullets(conflicts)),
  ];
}

/** Every layer between two tenants. */
export function layersDocument({ tenants, layers, verdict, lifts }: Pair): Document {
  return [
    heading(1, `${tenants[0]} and ${tenants[1]}`),
    paragraph(verdict),
    ...table(
      [{ title: "Layer" }, { title: "Is" }, { title: "Wanted" }, { title: "Verdict" }, { title: "What it holds" }],
      layers.map(({ layer, sharing, accepted, met }) => [
        layer,
        sharing,
        accepted ?? "not said",
        met === true ? "ok" : met === false ? "SHORT" : "unknown",
        tenancyLayers[layer],
      ]),
    ),
    ...reasons(
      "Short of what is wanted:",
      layers.filter(({ met }) => met === false),
    ),
    ...reasons(
      "Cannot be told:",
      layers.filter(({ met }) => met === "notEvaluable"),
    ),
    ...reasons(
      "As wanted:",
      layers.filter(({ met }) => met === true),
    ),
    ...(lifts.length === 0 ? [] : [paragraph("What would lift all gaps:"), ...bullets(lifts)]),
  ];
}

function reasons(title: string, layers: Pair["layers"]): Document {
  if (layers.length === 0) return [];
  return [paragraph(title), ...bullets(layers.map(({ layer, because }) => `${code(layer)}: ${because}.`))];
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
