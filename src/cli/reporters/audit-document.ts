import { exemptionInWords } from "../../audit/report/exemption-words.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type { Audit } from "../../operations/audit/audit-report.ts";
import {
  environmentsOf,
  type FindingGroup,
  openGroups,
  openInWords,
  silencedInWords,
  verdictsInWords,
} from "./audit-groups.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { type FindingSort, sortedFindings, termsInWords, totalsInWords } from "./finding-terms.ts";
import { printedCommand } from "./printed-command.ts";
import { counted, listed } from "./words.ts";

const groupsShown = 25;
const silencedShown = 10;

/** An audit as a comment on a pull request: short, a row for each rule, worst first. */
export function auditDocument(
  audit: Audit,
  { sort = "severity", paths }: { readonly sort?: FindingSort; readonly paths?: readonly string[] } = {},
): Document {
  const groups = openGroups(sortedFindings(audit.findings, sort));
  const totals = totalsInWords(audit);
  const silenced = silencedInWords(audit);
  return [
    heading(2, `Audit of ${audit.estate}: ${openInWords(audit)}${groups.length === 0 ? " to fix" : ""}`),
    ...(totals === "" ? [] : [paragraph(totals)]),
    ...table(
      [
        { title: "Severity" },
        { title: "Rule" },
        { title: "Where" },
        { title: "What" },
        { title: "Costs" },
        { title: "Fix" },
      ],
      groups.slice(0, groupsShown).map((group) => groupRow(group, audit)),
    ),
    ...(groups.length > groupsShown
      ? [
          paragraph(
            `${groups.length - groupsShown} more rules found something: ${printedCommand(["audit"], paths)} lists them all.`,
          ),
        ]
      : []),
    ...silencedSection(audit),
    ...gapSection(audit),
    paragraph(
      `${silenced === "" ? "" : `Not counted: ${silenced}. `}${verdictsInWords(audit)}. Profile ${audit.profile}, exemptions as of ${audit.day}.`,
    ),
  ];
}

function groupRow({ first, findings }: FindingGroup, audit: Audit): string[] {
  const others = findings.length === 1 ? "" : ` and ${findings.length - 1} more`;
  const environments = environmentsOf(first, audit);
  return [
    first.severity,
    `${first.rule} ${first.name}`,
    `${code(formatPlace(first.place))}${environments === "" ? "" : ` (${environments})`}${others}`,
    first.message,
    termsInWords(first),
    first.fix?.description ?? "",
  ];
}

function silencedSection({ findings }: Audit): Document {
  const silenced = findings.filter(({ exemptedBy }) => exemptedBy !== undefined);
  if (silenced.length === 0) return [];
  const items = silenced.slice(0, silencedShown).flatMap(({ rule, subjectLabel, exemptedBy }) => {
    if (exemptedBy === undefined) return [];
    const { owner, reason } = exemptedBy;
    return [
      `${rule} ${subjectLabel}: ${exemptionInWords(exemptedBy)}${owner === undefined ? "" : `, ${owner}`}: ${reason}`,
    ];
  });
  return [
    heading(3, "Not counted"),
    ...bullets(
      silenced.length > silencedShown ? [...items, `${silenced.length - silencedShown} more, in -o json`] : items,
    ),
  ];
}

function gapSection({ notEvaluable }: Audit): Document {
  if (notEvaluable.length === 0) return [];
  return [
    heading(3, "What would let more be judged"),
    ...bullets(
      notEvaluable.map(
        ({ supply, rules, verdicts }) =>
          `${counted(rules.length, "rule")} (${listed(rules, 6)}; ${counted(verdicts, "verdict")}): ${supply}`,
      ),
    ),
  ];
}
