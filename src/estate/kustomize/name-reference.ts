import { kustomizeReferenceAmbiguous } from "../diagnostics/kustomize-diagnostics.ts";
import type { BuildLog } from "./build-log.ts";
import { changeFields } from "./change-fields.ts";
import { type FieldNode, fieldOf, isNull, type MapNode, stringNode, textOf } from "./field-node.ts";
import { type FieldSlot, itemSlot } from "./field-slot.ts";
import type { FieldSpec } from "./field-spec.ts";
import { KustomizeFault } from "./kustomize-fault.ts";
import { ReferralIndex } from "./referral-candidates.ts";
import { currentId, nameOf, namespaceOf, originalId, type Resource } from "./resource.ts";
import { formatId } from "./resource-id.ts";
import type { ResourceSet } from "./resource-set.ts";
import { isSelectedType, type TypeSelector } from "./resource-type.ts";
import type { TransformerConfiguration } from "./transformer-configuration.ts";

/**
 * Follows renames: wherever a resource refers by name to one that got a prefix, a suffix, a hash or a namespace, the
 * reference gets the new name. The last step of a build but one.
 */
export function fixNameReferences(
  resources: ResourceSet,
  configuration: TransformerConfiguration,
  log: BuildLog,
): void {
  const index = new ReferralIndex(resources.list);
  const targets = configuration.nameReference
    .filter((target) => index.hasRenamed(target))
    .flatMap(({ referrers, ...target }) => referrers.map((spec) => ({ spec, target, field: fieldAnywhere(spec) })));
  for (const referrer of resources.list) {
    const original = originalId(referrer);
    const reference = new Reference(referrer, index, log);
    for (const { spec, target, field } of targets) {
      if (!isSelectedType(original, spec)) continue;
      changeFields(referrer, field, log, { visit: (slot) => reference.fix(slot, target, spec.path) });
    }
  }
}

/** The path counts, not the type that it was declared for: kinds may have changed since. */
function fieldAnywhere({ path }: FieldSpec): FieldSpec {
  return { path, create: false };
}

/** The references that one resource holds. */
class Reference {
  readonly #referrer: Resource;
  readonly #index: ReferralIndex;
  readonly #log: BuildLog;

  constructor(referrer: Resource, index: ReferralIndex, log: BuildLog) {
    this.#referrer = referrer;
    this.#index = index;
    this.#log = log;
  }

  fix(slot: FieldSlot, target: TypeSelector, path: string): void {
    const { node } = slot;
    switch (node.kind) {
      case "scalar":
        this.#fixName(slot, target, path);
        return;
      case "map":
        this.#fixObject(node, target, path);
        return;
      case "list":
        node.items.forEach((item, position) => {
          this.#fixItem(itemSlot(node, position, item), target, path);
        });
        return;
    }
  }

  #fixItem(slot: FieldSlot, target: TypeSelector, path: string): void {
    if (slot.node.kind === "list") throw new KustomizeFault("a reference must be a text or a mapping");
    this.fix(slot, target, path);
  }

  #fixName({ node, replace }: FieldSlot, target: TypeSelector, path: string): void {
    if (isNull(node)) return;
    const referral = this.#find(node, undefined, target, path, sameName);
    if (referral === undefined || nameOf(referral) === textOf(node)) return;
    replace(stringNode(nameOf(referral), node.origin));
  }

  /** A reference with a name and, perhaps, a namespace; both follow. */
  #fixObject(node: MapNode, target: TypeSelector, path: string): void {
    const nameNode = node.fields.get("name");
    if (nameNode === undefined) throw new KustomizeFault('a reference has no field "name"');
    const namespaceNode = node.fields.get("namespace");
    const written = namespaceNode === undefined ? undefined : textOf(namespaceNode);
    const referral = this.#find(nameNode, written, target, path, sameNameAndNamespace);
    if (referral === undefined) return;
    const name = nameOf(referral);
    const namespace = namespaceOf(referral);
    if (name !== textOf(nameNode)) node.fields.set("name", stringNode(name, nameNode.origin));
    if (namespace === "" || textOf(namespaceNode) === namespace) return;
    const set = fieldOf(referral.root.fields.get("metadata"), "namespace");
    node.fields.set("namespace", stringNode(namespace, set?.origin ?? nameNode.origin));
  }

  #find(
    node: FieldNode,
    namespace: string | undefined,
    target: TypeSelector,
    path: string,
    same: (one: Resource, other: Resource) => boolean,
  ): Resource | undefined {
    const name = textOf(node);
    const found = this.#index.find({ referrer: this.#referrer, name, namespace, target, path });
    const [first] = found;
    if (first === undefined || found.every((candidate) => same(candidate, first))) return first;
    const referrer = formatId(currentId(this.#referrer));
    const names = found.map((candidate) => formatId(currentId(candidate)));
    this.#log.report(kustomizeReferenceAmbiguous, { referrer, name, candidates: names }, node.origin, [referrer]);
    return undefined;
  }
}

function sameName(one: Resource, other: Resource): boolean {
  return nameOf(one) === nameOf(other);
}

function sameNameAndNamespace(one: Resource, other: Resource): boolean {
  return sameName(one, other) && namespaceOf(one) === namespaceOf(other);
}
