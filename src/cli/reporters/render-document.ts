import type { RepositoryReport } from "../../operations/gitops/repository-report.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { infrastructureSection } from "./infrastructure-section.ts";
import { counted, listed } from "./words.ts";

const right = (title: string) => ({ title, align: "right" }) as const;
/** More changed files are counted. */
const shownChanges = 20;

/** What a render did or would do: files, places, what is written once, what was proven, what nobody checked. */
export function renderDocument(report: RepositoryReport, folder: string): Document {
  return [
    heading(1, `Repository of ${report.estate}`),
    paragraph(summaryOf(report, folder)),
    ...infrastructureSection(report),
    ...clusterSection(report),
    ...unitSection(report),
    ...repetitionSection(report),
    ...proofSection(report),
    ...objectSection(report),
    ...assumptionSection(report),
    ...noteSection(report),
    ...changeSection(report),
  ];
}

function summaryOf({ packaging, agent, cloudTarget, written, files }: RepositoryReport, folder: string): string {
  const form = packaging === "kustomize" ? "Kustomize" : "Helm";
  const by = agent === "flux" ? "Flux" : "Argo CD";
  const cloud =
    cloudTarget === undefined ? `, no cloud side (${code("--cloud")} writes it)` : `, cloud side in ${cloudTarget}`;
  const total = files.added + files.changed + files.merged + files.unchanged;
  const changed = [
    files.added > 0 ? `${files.added} new` : "",
    files.changed > 0 ? `${files.changed} changed` : "",
    files.merged > 0 ? `${files.merged} merged with edits` : "",
    files.removed > 0 ? `${files.removed} removed` : "",
  ].filter((part) => part !== "");
  if (changed.length === 0) return `${form} for ${by}${cloud}: nothing changes in ${code(folder)}.`;
  const where = written ? `written to ${code(folder)}` : `not written to ${code(folder)}`;
  return `${form} for ${by}${cloud}: ${counted(total, "file")} ${where}, ${changed.join(", ")}.`;
}

function clusterSection({ clusters }: RepositoryReport): Document {
  const columns = [
    { title: "cluster" },
    { title: "environments" },
    { title: "ring" },
    { title: "region" },
    right("leaves"),
    right("objects"),
  ];
  const rows = clusters.map(({ cluster, environments, ring, region, leaves, objects }) => [
    cluster,
    environments.join(", "),
    ring ?? "-",
    region,
    String(leaves),
    String(objects),
  ]);
  return [heading(2, "Where it lands"), ...table(columns, rows)];
}

function unitSection({ units }: RepositoryReport): Document {
  const columns = [
    { title: "unit" },
    { title: "tenant" },
    right("places"),
    right("in common"),
    { title: "changed by" },
  ];
  const rows = units.map(({ tree, name, tenant, leaves, base, variations }) => [
    `${tree}/${name}`,
    tenant,
    String(leaves),
    counted(base, "object"),
    variations.length === 0 ? "-" : variations.join(", "),
  ]);
  return [heading(2, "What is delivered together"), ...table(columns, rows)];
}

function repetitionSection({ repetition: { writtenFields, leafFields, saved } }: RepositoryReport): Document {
  return [
    heading(2, "Repetition"),
    paragraph(
      `${counted(writtenFields, "field")} written once stand for ${counted(leafFields, "field")} in all places together: ${Math.round(saved * 100)} % is not repeated.`,
    ),
  ];
}

function proofSection({ proofs }: RepositoryReport): Document {
  if (proofs.length === 0) return [];
  const items = proofs.map(({ statement, over, count, holds }) => {
    const range = over === "leaves" ? counted(count, "leaf", "leaves") : counted(count, "resource");
    return `${holds ? "holds" : "DOES NOT HOLD"} for ${range}: ${statement}`;
  });
  return [heading(2, "Proven before writing"), ...bullets(items)];
}

function objectSection({ objects }: RepositoryReport): Document {
  const unknown = objects.filter(({ validated }) => !validated);
  const rows = objects.map(({ kind, objects: count, validated }) => [kind, String(count), validated ? "yes" : "no"]);
  const remark = paragraph(
    unknown.length === 0
      ? "Every kind is one of Kubernetes itself."
      : `Not validated, because only their own definitions know their fields: ${listed(unknown.map(({ kind }) => kind))}.`,
  );
  return [
    heading(2, "Objects"),
    ...table([{ title: "kind" }, right("objects"), { title: "fields checked" }], rows),
    remark,
  ];
}

function assumptionSection({ assumptions }: RepositoryReport): Document {
  if (assumptions.length === 0) return [];
  const byRule = Map.groupBy(assumptions, ({ id }) => id);
  const items = [...byRule].map(([id, list]) => {
    const [first] = list;
    const more = list.length > 1 ? ` (and ${list.length - 1} more alike)` : "";
    return `${id} ${first?.text ?? ""}${more}`;
  });
  return [heading(2, "Assumed"), ...bullets(items)];
}

function noteSection({ diagnostics }: RepositoryReport): Document {
  const notes = diagnostics.filter(({ severity }) => severity === "note");
  if (notes.length === 0) return [];
  return [heading(2, "Left to do"), ...bullets(notes.map(({ code: id, message }) => `${id} ${message}`))];
}

function changeSection({ changes }: RepositoryReport): Document {
  const own = changes.filter(({ path, kind }) => !path.startsWith(".scantling/") && kind !== "added");
  if (own.length === 0) return [];
  const items = own.slice(0, shownChanges).map(({ path, kind }) => `${kind}: ${code(path)}`);
  const rest = own.length > shownChanges ? [`and ${own.length - shownChanges} more`] : [];
  return [heading(2, "Changes"), ...bullets([...items, ...rest])];
}
