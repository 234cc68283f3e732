import type { FindingSeverity } from "../../audit/finding.ts";
import type { Audit } from "../../operations/audit/audit-report.ts";
import { relativeSource } from "./source-uri.ts";

const commands: { readonly [severity in FindingSeverity]: "error" | "warning" | "notice" } = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "notice",
  info: "notice",
};

/** Workflow commands that GitHub Actions turns into annotations of the changed lines; worst first, as it keeps the first ones only. */
export function auditAnnotations({ findings }: Audit, workingFolder: string | undefined): string {
  return findings
    .filter(({ verdict, status }) => verdict === "fail" && status === "open")
    .map(({ severity, rule, name, place, message, fix }) => {
      const properties = Object.entries({
        file: place.source === "-" ? undefined : relativeSource(place.source, workingFolder),
        line: place.line,
        col: place.column,
        title: `${rule} ${name} (${severity})`,
      }).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`]));
      const text = fix === undefined ? message : `${message}\nFix: ${fix.description}`;
      return `::${commands[severity]} ${properties.join(",")}::${escapeData(text)}\n`;
    })
    .join("");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
