import type { AgentName } from "../agent.ts";
import { readArgo } from "./argocd/read-argocd.ts";
import { readDump } from "./dump/read-dump.ts";
import { readFlux } from "./flux/read-flux.ts";
import { type FolderTerms, readFolders } from "./folders/read-folders.ts";
import type { FoundCluster, FoundEstate } from "./found-estate.ts";
import { ImportLog } from "./import-log.ts";
import { RepositoryReader } from "./repository-reader.ts";

type Found = Omit<FoundEstate, "diagnostics" | "assumptions">;

/**
 * What the texts of a repository deliver to which clusters: by the objects of an agent where there are any, by the
 * objects that API servers gave where they are a dump, or by folders.
 *
 * @param texts By path from the root of the repository.
 */
export function readRepository(texts: ReadonlyMap<string, string>, terms: FolderTerms): FoundEstate {
  const reader = new RepositoryReader(texts);
  const log = new ImportLog();
  const found = readDumped(reader, log) ?? readAgents(reader, log) ?? readPlain(reader, terms);
  return { ...found, diagnostics: log.diagnostics, assumptions: log.assumptions };
}

function readDumped(reader: RepositoryReader, log: ImportLog): Found | undefined {
  const dump = readDump(reader, log);
  return dump === undefined ? undefined : { form: "dump", agent: undefined, ...dump };
}

/** A repository in transition has both agents; what both deliver to one cluster is reported by neither. */
function readAgents(reader: RepositoryReader, log: ImportLog): Found | undefined {
  const flux = readFlux(reader, log);
  const argo = readArgo(reader, log);
  if (flux === undefined && argo === undefined) return undefined;
  const clusters = new Map<string, FoundCluster>((flux?.clusters ?? []).map((name) => [name, { name }]));
  for (const cluster of argo?.clusters ?? []) clusters.set(cluster.name, { ...clusters.get(cluster.name), ...cluster });
  const deliveries = [...(flux?.deliveries ?? []), ...(argo?.deliveries ?? [])];
  const components = [...(flux?.components ?? []), ...(argo?.components ?? [])];
  const used = new Set([...deliveries, ...components].map(({ cluster }) => cluster));
  const agent: AgentName =
    flux !== undefined && flux.deliveries.length >= (argo?.deliveries.length ?? 0) ? "flux" : "argocd";
  return {
    form: "repository",
    agent,
    clusters: [...clusters.values()].filter(({ name }) => used.has(name) || (flux?.clusters ?? []).includes(name)),
    deliveries,
    components,
    tenants: argo?.tenants ?? [],
    files: new Map(),
  };
}

function readPlain(reader: RepositoryReader, terms: FolderTerms): Found {
  const { clusters, deliveries } = readFolders(reader, terms);
  const names = new Set([...(clusters ?? []), ...deliveries.map(({ cluster }) => cluster)]);
  return {
    form: "folders",
    agent: undefined,
    clusters: [...names].toSorted().map((name) => ({ name })),
    deliveries,
    components: [],
    tenants: [],
    files: new Map(),
  };
}
