import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { isJsonObject, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { findKustomizations } from "../../estate/kustomize/find-kustomizations.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { Finding } from "../finding.ts";
import type { ManifestChange } from "../manifest-change.ts";
import { readRepository } from "../repository/repository.ts";
import { documentField } from "./declared-documents.ts";
import { type EditPlan, type FixRefusal, PlannedChanges } from "./edit-plan.ts";
import { KustomizeScopes } from "./kustomize-scopes.ts";
import { ObjectAdditions } from "./object-additions.ts";
import { OverlayPatches } from "./overlay-patches.ts";
import { RenderedFields } from "./rendered-fields.ts";
import type { SourceField } from "./source-text.ts";
import { TextWorkspace } from "./text-workspace.ts";
import { type FieldWish, FindingObjects, Wishes, wishOf } from "./wishes.ts";

/** What a plan is made from. */
export interface PlanInput {
  readonly estate: Estate;
  readonly texts: ReadonlyMap<string, string>;
  /** Findings to fix, worst first. */
  readonly wanted: readonly Finding[];
  /** Every finding, those too that do not count in their environment: what each object would have to become. */
  readonly all: readonly Finding[];
}

/** Why something is not written, or undefined where it is. */
type Problem = { readonly reason: string } | "deferred" | undefined;

/** Turns the changes of fixes into edits of the texts. */
export function planEdits(input: PlanInput): EditPlan {
  return new Planner(input).plan();
}

const rendered = "it is rendered from a chart: change the values or the template";

class Planner {
  private readonly input: PlanInput;
  private readonly workspace: TextWorkspace;
  private readonly objects: FindingObjects;
  private readonly wishes: Wishes;
  private readonly scopes: KustomizeScopes;
  private readonly planned = new PlannedChanges();
  private readonly patches: OverlayPatches;
  private readonly additions: ObjectAdditions;
  private readonly kustomized: ReadonlySet<string>;
  private fields: RenderedFields | undefined;

  constructor(input: PlanInput) {
    this.input = input;
    const { estate, texts, wanted, all } = input;
    this.workspace = new TextWorkspace(texts);
    this.objects = new FindingObjects(estate);
    this.wishes = new Wishes(wanted, all, this.objects);
    this.scopes = new KustomizeScopes(readRepository(texts), estate.objects);
    this.kustomized = findKustomizations(texts).files;
    this.patches = new OverlayPatches(this.workspace, this.scopes);
    const sharing = (object: KubernetesObject): readonly KubernetesObject[] =>
      this.sharing(object, object.locate([]), undefined);
    const { workspace, wishes, scopes, planned } = this;
    this.additions = new ObjectAdditions({ estate, workspace, wishes, scopes, planned, sharing, texts });
  }

  plan(): EditPlan {
    const made: Finding[] = [];
    const refused: FixRefusal[] = [];
    const deferred: Finding[] = [];
    for (const finding of this.input.wanted) {
      const undo = [this.workspace.mark(), this.planned.mark(), this.patches.mark()];
      const problem = this.fix(finding);
      if (problem === undefined) {
        made.push(finding);
        continue;
      }
      for (const step of undo) step();
      if (problem === "deferred") deferred.push(finding);
      else refused.push({ finding, reason: problem.reason });
    }
    for (const { path, text } of this.patches.finish()) this.workspace.create(path, text);
    const { changes, additions, paths } = this.planned;
    return { texts: this.workspace.changed(), made, refused, deferred, changes, additions, paths };
  }

  private fix(finding: Finding): Problem {
    for (const change of finding.fix?.changes ?? []) {
      const problem = this.change(finding, change);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  private change(finding: Finding, change: ManifestChange): Problem {
    if (change.kind === "add") {
      const subject = this.objects.subjectOf(finding);
      if (subject === undefined) return { reason: "there is no file to put the new object beside" };
      if (subject.object.locate([]).precision !== "exact") return { reason: rendered };
      return this.additions.add(finding, subject, change.manifest);
    }
    if (change.target.apiVersion.startsWith("scantling/")) return this.changeDocument(finding, change);
    const placed = this.objects.targetOf(finding, change.target);
    if (placed === undefined) return { reason: "the object is not in the input" };
    return this.changeObject(finding, placed, wishOf(change));
  }

  /** A document of Scantling stands in one text, as it is. */
  private changeDocument(finding: Finding, change: Exclude<ManifestChange, { kind: "add" }>): Problem {
    const found = documentField(change.target, finding.place.source, this.input.texts, this.workspace);
    if (found === undefined) return { reason: "its document was not found" };
    const problem = found.source.edit(found.document, wishOf(change));
    if (problem !== undefined) return { reason: problem };
    this.planned.edited(finding, found.path);
    return undefined;
  }

  private changeObject(finding: Finding, placed: PlacedObject, wish: FieldWish): Problem {
    const { object } = placed;
    switch (this.planned.relation(object, wish, equalValues)) {
      case "same":
        return undefined;
      case "conflict":
        return "deferred";
      case "new":
    }
    if (object.locate([]).precision !== "exact") return { reason: rendered };
    const direct = this.directField(object, wish);
    if (direct !== undefined && this.wishes.allow(direct.objects, wish)) {
      const problem = this.workspace
        .open(direct.source)
        ?.edit(direct.field.document, { path: direct.field.path, value: wish.value });
      if (problem === undefined) {
        this.planned.add(finding, direct.objects, wish);
        this.planned.edited(finding, direct.source);
        return undefined;
      }
      if (!this.kustomized.has(direct.source)) return { reason: problem };
    }
    if (this.scopes.leafOf(object) === undefined) return { reason: "the text that sets the field was not found" };
    return this.patch(finding, object, wish);
  }

  private patch(finding: Finding, object: KubernetesObject, wish: FieldWish): Problem {
    const home = object.locate([]).source;
    const siblings = this.wishes
      .wishing(wish)
      .filter(
        (each) => each.kind === object.kind && each.locate([]).source === home && isPatchable(this.planned, each, wish),
      );
    const added = this.patches.add(object, siblings, wish);
    if ("reason" in added) return added;
    this.planned.add(finding, added.objects, wish);
    for (const path of added.paths) this.planned.edited(finding, path);
    return undefined;
  }

  /** Where the sources set a field of an object, with all objects that get it from there. */
  private directField(
    object: KubernetesObject,
    { path, value }: FieldWish,
  ):
    | { readonly source: string; readonly field: SourceField; readonly objects: readonly KubernetesObject[] }
    | undefined {
    let depth = path.length;
    while (depth > 0 && valueAt(object.value, path.slice(0, depth)) === undefined) depth -= 1;
    if (value === undefined && depth < path.length) return undefined;
    const existing = path.slice(0, depth);
    const rest = path.slice(depth);
    const place = object.locate(existing);
    const source = this.workspace.open(place.source);
    if (source === undefined || place.line === undefined || place.column === undefined) return undefined;
    const field = source.fieldAt(place.line, place.column, existing.at(-1));
    if (field === undefined) return undefined;
    const isRemovable = value !== undefined || field.path.at(-1) === path.at(-1) || typeof path.at(-1) === "number";
    if (!isRemovable || !stands(source.valueAt(field), valueAt(object.value, existing), rest)) return undefined;
    const objects = this.sharing(object, place, existing.at(-1));
    return { source: place.source, field: { ...field, path: [...field.path, ...rest] }, objects };
  }

  /** Objects that get a field from the same place: only kustomizations render one text more than once. */
  private sharing(
    object: KubernetesObject,
    place: Place,
    step: string | number | undefined,
  ): readonly KubernetesObject[] {
    if (!this.kustomized.has(place.source)) return [object];
    this.fields ??= new RenderedFields(
      new Set(
        this.input.estate.objects
          .map((placed) => placed.object)
          .filter((each) => this.kustomized.has(each.locate([]).source)),
      ),
    );
    return [...new Set([object, ...this.fields.at(place, step).map((field) => field.object)])];
  }
}

/** True when the text holds the field as it is rendered, or the mapping or list that the rest of a path goes into. */
function stands(written: unknown, renderedValue: unknown, rest: readonly (string | number)[]): boolean {
  const [next] = rest;
  if (next === undefined) return equalValues(written, renderedValue);
  if (typeof next === "string") return (isJsonObject(written) && !Object.hasOwn(written, next)) || written === null;
  return Array.isArray(written) && Array.isArray(renderedValue) && written.length === renderedValue.length;
}

function isPatchable(planned: PlannedChanges, object: KubernetesObject, wish: FieldWish): boolean {
  return planned.relation(object, wish, equalValues) === "new";
}
