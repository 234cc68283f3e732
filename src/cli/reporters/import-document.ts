import type { ImportReport } from "../../operations/gitops/import-report.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

const right = (title: string) => ({ title, align: "right" }) as const;
/** What an import found, and what it is worth to fill in next. */
export function importDocument(report: ImportReport, folder: string): Document {
  return [
    heading(1, `Estate ${report.estate}`),
    paragraph(summaryOf(report, folder)),
    ...clusterSection(report),
    ...tenantSection(report),
    ...applicationSection(report),
    ...fillInSection(report),
    ...noteSection(report),
    heading(2, "Next"),
    paragraph(`${code(`scantling assess ${folder}`)} tells what this estate costs and how available it is.`),
  ];
}

const forms = {
  repository: "the objects of its agent",
  folders: "folders, as no agent is told to deliver anything",
  dump: "what API servers gave",
} as const;

function summaryOf(
  { form, agent, declared, written, files, objects, applications }: ImportReport,
  folder: string,
): string {
  const by = agent === undefined ? forms[form] : agent === "flux" ? "the objects of Flux" : "the objects of Argo CD";
  const documents = declared ? " The repository held documents of its own, which were kept." : "";
  return `Read by ${by}: ${counted(applications.length, "application")} with ${counted(objects, "object")}. ${counted(files.length, "file")} ${written ? "written" : "not written"} to ${code(folder)}.${documents}`;
}

function clusterSection({ clusters }: ImportReport): Document {
  const columns = [
    { title: "cluster" },
    { title: "environments" },
    right("deliveries"),
    right("objects"),
    right("pools"),
    { title: "components" },
  ];
  const rows = clusters.map(({ cluster, environments, deliveries, objects, nodePools, components }) => [
    cluster,
    environments.join(", "),
    String(deliveries),
    String(objects),
    nodePools === 0 ? "assumed" : String(nodePools),
    components.length === 0 ? "-" : components.join(", "),
  ]);
  return [heading(2, "Clusters"), ...table(columns, rows)];
}

function tenantSection({ tenants }: ImportReport): Document {
  if (tenants.length === 0) return [];
  const rows = tenants.map(({ tenant, owners, namespaces }) => [
    tenant,
    owners.length === 0 ? "nobody named" : owners.join(", "),
    namespaces.length === 0 ? "-" : namespaces.join(", "),
  ]);
  return [heading(2, "Tenants"), ...table([{ title: "tenant" }, { title: "owners" }, { title: "namespaces" }], rows)];
}

function applicationSection({ applications }: ImportReport): Document {
  if (applications.length === 0) return [];
  const columns = [
    { title: "application" },
    { title: "tenant" },
    { title: "environments" },
    right("clusters"),
    { title: "manifests" },
    right("objects"),
  ];
  const rows = applications.map(({ application, tenant, environments, clusters, manifests, objects }) => [
    application,
    tenant ?? "-",
    environments.join(", "),
    String(clusters.length),
    manifests,
    String(objects),
  ]);
  return [heading(2, "Applications"), ...table(columns, rows)];
}

function fillInSection({ fillIn }: ImportReport): Document {
  if (fillIn.length === 0) return [];
  const rows = fillIn.map(({ field, decides, subjects }) => {
    const [first = ""] = subjects;
    const more = subjects.length > 1 ? ` and ${subjects.length - 1} more` : "";
    return [field, decides, `${first}${more}`];
  });
  return [
    heading(2, "What to fill in next"),
    ...table([{ title: "field" }, { title: "decides" }, { title: "assumed for" }], rows),
  ];
}

function noteSection({ diagnostics }: ImportReport): Document {
  const notes = diagnostics.filter(({ severity }) => severity === "note");
  if (notes.length === 0) return [];
  return [heading(2, "Worth knowing"), ...bullets(notes.map(({ code: id, message }) => `${id} ${message}`))];
}
