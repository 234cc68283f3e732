import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject, KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import { sourceDirectory, sourceName } from "../../estate/sources/source-path.ts";
import type { Finding } from "../finding.ts";
import type { KustomizeFolder } from "../repository/kustomize-folders.ts";
import type { PlannedChanges } from "./edit-plan.ts";
import type { KustomizeScopes } from "./kustomize-scopes.ts";
import { documentText, type TextWorkspace } from "./text-workspace.ts";
import type { Wishes } from "./wishes.ts";

/** What additions are planned with. */
interface AdditionContext {
  readonly estate: Estate;
  readonly workspace: TextWorkspace;
  readonly wishes: Wishes;
  readonly scopes: KustomizeScopes;
  readonly planned: PlannedChanges;
  readonly texts: ReadonlyMap<string, string>;
  /** Objects that come from the same text as this one. */
  readonly sharing: (object: KubernetesObject) => readonly KubernetesObject[];
}

type Problem = { readonly reason: string } | undefined;

/** New objects: in a file of their own beside the subject's where there is a kustomization, else after it. */
export class ObjectAdditions {
  private readonly context: AdditionContext;

  constructor(context: AdditionContext) {
    this.context = context;
  }

  add(finding: Finding, subject: PlacedObject, manifest: JsonObject): Problem {
    const { planned, sharing, wishes, scopes } = this.context;
    const isPlanned = planned.additions.some(
      (each) => each.subjects.has(subject.object) && equalValues(each.manifest, manifest),
    );
    if (isPlanned) return undefined;
    if (this.isThere(subject, manifest)) return { reason: "an object of that name is there already" };
    const place = subject.object.locate([]);
    const sharers = sharing(subject.object);
    const isForAll = sharers.every((each) => wishes.holdsAddition(each, manifest));
    if (scopes.leafOf(subject.object) === undefined) return this.addAfter(finding, subject, manifest);
    const home = scopes.folderListing(place.source);
    if (isForAll && home !== undefined) {
      return this.addFile(finding, [home], new Set(sharers), {
        manifest,
        written: this.asWrittenBeside(subject, manifest),
        like: place.source,
      });
    }
    const siblings = wishes.wishingAddition(manifest).filter((each) => each.locate([]).source === place.source);
    const leaves = new Set(siblings.flatMap((each) => scopes.leafOf(each) ?? []));
    const folders = scopes.foldersReaching(leaves, place.source);
    if (folders === undefined) return { reason: "no kustomization reaches only the environments that it is for" };
    return this.addFile(finding, folders, new Set(siblings), { manifest, written: manifest, like: place.source });
  }

  private isThere({ environment, cluster }: PlacedObject, manifest: JsonObject): boolean {
    const { name, namespace } = asObject(manifest["metadata"]);
    return this.context.estate.objects.some(
      (each) =>
        each.environment === environment &&
        each.cluster === cluster &&
        each.object.kind === manifest["kind"] &&
        each.object.name === name &&
        (each.namespace ?? namespace) === namespace,
    );
  }

  private addAfter(finding: Finding, subject: PlacedObject, manifest: JsonObject): Problem {
    const { workspace, planned, texts } = this.context;
    const { source } = subject.object.locate([]);
    const text = workspace.open(source);
    if (text === undefined) return { reason: `${source} was not read` };
    const document = documentText(this.asWrittenBeside(subject, manifest), texts.get(source));
    if (source.endsWith(".json")) {
      const path = workspace.freePath(sourceDirectory(source), fileName(manifest), []);
      workspace.create(path, document);
      planned.edited(finding, path);
    } else {
      text.append(document);
      planned.edited(finding, source);
    }
    planned.additions = [...planned.additions, { manifest, subjects: new Set([subject.object]), finding }];
    return undefined;
  }

  private addFile(
    finding: Finding,
    folders: readonly KustomizeFolder[],
    subjects: ReadonlySet<KubernetesObject>,
    { manifest, written, like }: { readonly manifest: JsonObject; readonly written: JsonObject; readonly like: string },
  ): Problem {
    const { workspace, planned, texts } = this.context;
    for (const folder of folders) {
      const path = workspace.freePath(folder.directory, fileName(manifest), []);
      const problem = workspace.list(folder, "resources", sourceName(path));
      if (problem !== undefined) return { reason: problem };
      workspace.create(path, documentText(written, texts.get(like)));
      planned.edited(finding, path);
    }
    planned.additions = [...planned.additions, { manifest, subjects, finding }];
    return undefined;
  }

  /** Name and namespace as the text of the subject writes its own: what the kustomization adds is added to this too. */
  private asWrittenBeside({ object }: PlacedObject, manifest: JsonObject): JsonObject {
    const { source, line = 0, column = 0 } = object.locate([]);
    const text = this.context.workspace.open(source);
    const field = text?.fieldAt(line, column, undefined);
    const own = asObject(asObject(field === undefined ? undefined : text?.valueAt(field)).metadata);
    const { name, namespace, ...rest } = asObject(manifest["metadata"]);
    const ownName = asText(own.name);
    const written = {
      name: name === object.name && ownName !== undefined ? ownName : name,
      ...(own.namespace === undefined ? {} : { namespace }),
      ...rest,
    };
    return { ...manifest, metadata: written };
  }
}

function fileName(manifest: JsonObject): string {
  const name = asText(asObject(manifest["metadata"]).name) ?? "object";
  const kind = String(manifest["kind"]).replace(/(?<=[a-z])(?=[A-Z])/g, "-");
  return `${name}-${kind}`.toLowerCase();
}
