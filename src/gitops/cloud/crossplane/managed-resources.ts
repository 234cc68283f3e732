import { type CrossplaneKind, crossplaneKind } from "../../../catalog/crossplane-kinds.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { CloudResource, ResourceGraph, ResourceKey } from "../graph/resource-graph.ts";
import { byKey, groupOf } from "../graph/resource-value.ts";
import type { Association, UnsaidField } from "../terraform/encode-fields.ts";
import { type EncodingContext, encodeOwn, ownerOf } from "../terraform/encode-resource.ts";
import { HclBody } from "../terraform/hcl-body.ts";
import { type ResourceForm, resourceForms } from "../terraform/resource-form.ts";
import { ManagedNames, namespaceOf } from "./managed-names.ts";
import type { CrossplaneGap, FieldReplacement, ManagedResource } from "./managed-resource.ts";
import { type FieldContext, providerFields } from "./provider-fields.ts";

export interface ManagedResources {
  /** In the order of the graph; what ties two resources together follows the one that says so. */
  readonly objects: readonly ManagedResource[];
  readonly gaps: readonly CrossplaneGap[];
}

type OwnForm = Extract<ResourceForm, { kind: "own" }>;

/**
 * The graph as managed resources of Crossplane. Each of them is a resource of azurerm, and says what that says; what
 * azurerm has no resource for, or the provider no kind, is a gap.
 */
export function managedResources(graph: ResourceGraph): ManagedResources {
  return new GraphWriter(graph).write();
}

/** What the managed resources do not say of a graph; known before anything is written. */
export function crossplaneGaps(graph: ResourceGraph): readonly CrossplaneGap[] {
  return managedResources(graph).gaps;
}

class GraphWriter {
  readonly #graph: ResourceGraph;
  readonly #gaps: CrossplaneGap[] = [];
  readonly #naming: ManagedNames;
  readonly #names = new Map<ResourceKey, string>();
  readonly #context: EncodingContext;

  constructor(graph: ResourceGraph) {
    this.#graph = graph;
    const known = byKey(graph.resources);
    this.#naming = new ManagedNames(known);
    this.#context = {
      known,
      forms: resourceForms(graph),
      children: Map.groupBy(
        graph.resources.filter(({ parent }) => parent !== undefined),
        ({ parent }) => parent ?? "",
      ),
      readOutputs: new Map(),
      ties: () => [],
      address: () => undefined,
    };
  }

  write(): ManagedResources {
    const written = this.#graph.resources.flatMap((resource) => {
      const form = this.#context.forms.get(resource.key);
      const kind = form?.kind === "own" ? crossplaneKind(form.type) : undefined;
      if (form?.kind === "own" && kind !== undefined) {
        this.#names.set(resource.key, this.#naming.take(resource, kind));
        return [{ resource, form, kind }];
      }
      if (!this.#isWithinOwner(resource, form)) {
        const reason =
          form?.kind === "own"
            ? `the provider has no kind for ${form.type}`
            : `${resource.type} is not known in the words of azurerm`;
        this.#gaps.push({ resource: resource.key, path: "", reason });
      }
      return [];
    });
    const objects = written.flatMap(({ resource, form, kind }) => this.#objectsOf(resource, form, kind));
    return { objects, gaps: this.#gaps };
  }

  /** A block, or what azurerm makes by itself, is written with its owner. */
  #isWithinOwner(resource: CloudResource, form: ResourceForm | undefined): boolean {
    if (form?.kind !== "block" && form?.kind !== "silent") return false;
    const owner = this.#context.forms.get(ownerOf(resource.key, this.#context) ?? "");
    return owner?.kind === "own" && crossplaneKind(owner.type) !== undefined;
  }

  #objectsOf(resource: CloudResource, form: OwnForm, kind: CrossplaneKind): readonly ManagedResource[] {
    const { body, associations, unsaid } = encodeOwn(resource, form, this.#context);
    this.#putPlace(resource, form, kind, body);
    this.#gaps.push(...unsaid.filter(isOfOwner).map(({ path, reason }) => ({ resource: resource.key, path, reason })));
    if (!unsaid.every(isOfOwner)) this.#gaps.push(...this.#gapsWithin(resource, form));
    const own = this.#object(resource, kind, this.#names.get(resource.key) ?? "", body);
    const ties = associations.flatMap((association) => this.#association(resource, association));
    return [{ ...own, initProvider: this.#creationHints(resource) }, ...ties];
  }

  /** The provider finds a resource by the arguments that it makes the id from. */
  #putPlace(resource: CloudResource, { fields }: OwnForm, { parent, needsGroup }: CrossplaneKind, body: HclBody): void {
    const { known } = this.#context;
    const group = groupOf(resource, known);
    if (needsGroup && group !== undefined) body.attributes.set("resource_group_name", { $ref: group, output: "name" });
    const above = ownerOf(resource.parent, this.#context);
    if (parent === undefined || above === undefined) return;
    const [argument, by] = parent;
    body.attributes.delete(fields.parent?.[0] ?? "");
    body.attributes.set(argument, by === "name" ? { $ref: above, output: "name" } : { $ref: above });
  }

  /** What is not said of the resources that are blocks in another, each by itself. */
  #gapsWithin(resource: CloudResource, form: OwnForm): readonly CrossplaneGap[] {
    return (this.#context.children.get(resource.key) ?? []).flatMap((child) => {
      const alone = { ...this.#context, children: new Map([[resource.key, [child]]]) };
      const within = encodeOwn(resource, form, alone).unsaid.filter((field) => !isOfOwner(field));
      return within.map(({ path, reason }) => ({
        resource: child.key,
        path: path.slice(path.indexOf(" ") + 1),
        reason,
      }));
    });
  }

  #object(resource: CloudResource, kind: CrossplaneKind, name: string, body: HclBody): ManagedResource {
    const replacements: FieldReplacement[] = [];
    const { known, forms } = this.#context;
    const context: FieldContext = {
      resource,
      kind,
      known,
      forms,
      names: this.#names,
      replacements,
      gaps: this.#gaps,
    };
    const { subscription, part, tells } = resource;
    return {
      kind,
      namespace: namespaceOf(subscription),
      name,
      externalName: kind.isNamed || !body.attributes.has("name") ? undefined : resource.name,
      forProvider: providerFields(body, context),
      initProvider: {},
      replacements,
      subscription,
      part,
      tells,
    };
  }

  #association(resource: CloudResource, association: Association): readonly ManagedResource[] {
    const kind = crossplaneKind(association.resource);
    if (kind === undefined) {
      this.#gaps.push({
        resource: resource.key,
        path: association.argument,
        reason: `no kind writes ${association.resource}`,
      });
      return [];
    }
    const body = new HclBody();
    body.attributes.set(association.self, { $ref: resource.key });
    body.attributes.set(association.argument, association.value);
    return [this.#object(resource, kind, this.#naming.take(resource, kind), body)];
  }

  /** Nodes that an autoscaled pool begins with: afterwards they are the autoscaler's. */
  #creationHints(resource: CloudResource): JsonObject {
    const count = firstCount(resource);
    if (count !== undefined) return { nodeCount: count };
    for (const child of this.#context.children.get(resource.key) ?? []) {
      const form = this.#context.forms.get(child.key);
      const first = form?.kind === "block" && form.isInline ? firstCount(child) : undefined;
      if (first !== undefined) return { defaultNodePool: { nodeCount: first } };
    }
    return {};
  }
}

/** Paths of what is a block in another begin with the name of the block. */
function isOfOwner({ path }: UnsaidField): boolean {
  return !path.includes(" ");
}

function firstCount({ type, properties }: CloudResource): number | undefined {
  const { enableAutoScaling, count } = properties;
  const isPool = type === "Microsoft.ContainerService/managedClusters/agentPools";
  return isPool && enableAutoScaling === true && typeof count === "number" ? count : undefined;
}
