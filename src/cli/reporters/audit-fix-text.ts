import { compareText } from "../../audit/report/finding-order.ts";
import { groupFindings } from "../../audit/report/group-findings.ts";
import type { AuditFix } from "../../operations/audit/audit-fix.ts";
import type { Audit } from "../../operations/audit/audit-report.ts";
import type { Style } from "../terminal/style.ts";
import { wrap } from "../terminal/wrap.ts";
import { changedLines } from "./unified-diff.ts";
import { counted } from "./words.ts";

interface FixReport {
  readonly fix: AuditFix;
  /** The audit of what is written. */
  readonly remaining: Audit;
  readonly replacements: readonly {
    readonly path: string;
    readonly before: string | undefined;
    readonly after: string;
  }[];
  readonly asPatch: boolean;
}

/** What was fixed, file by file, and what is left with the reason why. */
export function auditFixText(
  { fix, remaining, replacements, asPatch }: FixReport,
  layout: { readonly style: Style; readonly width: number },
): string {
  const { style } = layout;
  const fixed = groupFindings(fix.fixed, new Set()).length;
  const widest = Math.min(Math.max(0, ...replacements.map(({ path }) => path.length)), layout.width - 20);
  const files = replacements.map(({ path, before, after }) => {
    const { added, removed } = changedLines(before, after);
    const state = before === undefined ? style.dim("  new") : "";
    return `  ${path.padEnd(widest)}  ${`+${added}`.padStart(4)} ${removed === 0 ? "" : `-${removed}`}${state}`.trimEnd();
  });
  const verb = asPatch ? "in a Kustomize component of" : "in";
  const head =
    fixed === 0 ? "Nothing was fixed." : `${counted(fixed, "finding")} fixed ${verb} ${counted(files.length, "file")}`;
  const declared = replacements.some(
    ({ path, after }) => !path.endsWith("kustomization.yaml") && /^kind: Cluster$/m.test(after),
  )
    ? [
        "",
        ...wrap(
          "Documents of clusters say what a cluster is to be: bring the clusters themselves to it too.",
          layout.width,
        ),
      ]
    : [];
  return `${[style.bold(head), ...files, ...declared, "", ...leftLines(fix, remaining, layout)].join("\n")}\n`;
}

function leftLines(
  { refused }: AuditFix,
  { findings }: Audit,
  { style, width }: { readonly style: Style; readonly width: number },
): readonly string[] {
  const open = findings.filter(({ verdict, status }) => verdict === "fail" && status === "open");
  if (open.length === 0) return [style.bold("No finding is left.")];
  const reasons = new Map(refused.map(({ finding, reason }) => [`${finding.rule} ${finding.subject}`, reason]));
  const reasonOf = ({ rule, subject, fix }: (typeof open)[number]): string =>
    reasons.get(`${rule} ${subject}`) ?? (fix?.changes === undefined ? "a person has to decide" : "not written");
  const groups = [...Map.groupBy(open, reasonOf)].toSorted(([, left], [, right]) => right.length - left.length);
  const lines = groups.flatMap(([reason, group]) => {
    const rules = [...Map.groupBy(group, ({ rule }) => rule)]
      .toSorted(([left], [right]) => compareText(left, right))
      .map(([rule, own]) => (own.length === 1 ? rule : `${rule} (${own.length})`));
    return [
      `  ${String(group.length).padStart(4)}  ${reason}`,
      ...wrap(rules.join(", "), width - 8).map((line) => style.dim(`        ${line}`)),
    ];
  });
  return [style.bold(`${counted(open.length, "finding")} not fixed automatically`), ...lines];
}
