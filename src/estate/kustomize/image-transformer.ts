import { kustomizeFieldMismatch, kustomizeImageMatchesNothing } from "../diagnostics/kustomize-diagnostics.ts";
import { changeFields } from "./change-fields.ts";
import type { Evaluation } from "./evaluation.ts";
import { type FieldNode, fieldOf, stringNode, textOf } from "./field-node.ts";
import type { FieldOrigin } from "./field-origin.ts";
import { type FieldSlot, fieldSlot } from "./field-slot.ts";
import type { FieldSpec } from "./field-spec.ts";
import { attempt, KustomizeFault } from "./kustomize-fault.ts";
import { regularExpression } from "./regular-expression.ts";
import { typeOf } from "./resource.ts";
import type { Section } from "./section.ts";

/** A change of one image, wherever it is used. */
interface ImageChange {
  readonly matches: (image: string) => boolean;
  readonly newName: string;
  readonly newTag: string;
  readonly digest: string;
  readonly tagSuffix: string;
  readonly origin: FieldOrigin;
}

interface ImageParts {
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

/** `images` (and the old `imageTags`): sets name, tag or digest of images by their name. */
export function transformImages(evaluation: Evaluation): void {
  const { fields } = evaluation.kustomization;
  for (const entry of [...fields.sections("images"), ...fields.sections("imageTags")]) {
    entry.expectOnly(["name", "newName", "tagSuffix", "newTag", "digest"]);
    changeImages(evaluation, entry, evaluation.configuration.images);
  }
}

/** Makes the change of one entry wherever its image is used. */
export function changeImages(evaluation: Evaluation, entry: Section, specs: readonly FieldSpec[]): void {
  const name = entry.text("name") ?? "";
  const change = attempt(() => readChange(entry, name));
  if ("reason" in change) {
    const id = `image ${name}`;
    evaluation.log.report(kustomizeFieldMismatch, { id, field: "name", reason: change.reason }, entry.origin);
  } else if (!applyChange(evaluation, change.result, specs)) {
    evaluation.log.report(kustomizeImageMatchesNothing, { name }, entry.origin);
  }
}

function readChange(entry: Section, name: string): ImageChange {
  const newName = entry.text("newName") ?? "";
  const newTag = entry.text("newTag") ?? "";
  const digest = entry.text("digest") ?? "";
  const decisive = digest !== "" ? "digest" : newTag !== "" ? "newTag" : newName !== "" ? "newName" : "tagSuffix";
  // Kustomize puts the name into a regular expression as it is, so that a dot in it matches any character.
  const expression = regularExpression(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`);
  return {
    matches: (image) => expression.search(image),
    newName,
    newTag,
    digest,
    tagSuffix: entry.text("tagSuffix") ?? "",
    origin: entry.has(decisive) ? entry.originOf(decisive) : entry.origin,
  };
}

function applyChange({ resources, log }: Evaluation, change: ImageChange, specs: readonly FieldSpec[]): boolean {
  let found = false;
  const visit = (slot: FieldSlot): void => {
    if (slot.node.kind !== "scalar") throw new KustomizeFault("an image must be a text");
    const image = textOf(slot.node);
    if (!change.matches(image)) return;
    found = true;
    slot.replace(stringNode(changedImage(image, change), change.origin));
  };
  for (const resource of resources.list) {
    if (typeOf(resource).kind === "CustomResourceDefinition") continue;
    visitContainerImages(resource.root, visit);
    for (const spec of specs) changeFields(resource, spec, log, { visit });
  }
  return found;
}

/** Visits the images of containers wherever a list of them is called so, also inside custom resources. */
function visitContainerImages(node: FieldNode, visit: (slot: FieldSlot) => void): void {
  if (node.kind === "scalar") return;
  if (node.kind === "list") {
    for (const item of node.items) visitContainerImages(item, visit);
    return;
  }
  for (const [key, field] of node.fields) {
    visitContainerImages(field, visit);
    if ((key !== "containers" && key !== "initContainers") || field.kind !== "list") continue;
    for (const container of field.items) {
      const image = fieldOf(container, "image");
      if (container.kind === "map" && image?.kind === "scalar") visit(fieldSlot(container, "image", image));
    }
  }
}

function changedImage(image: string, change: ImageChange): string {
  const parts = splitImage(image);
  const { tag, digest } = changedVersion(parts, change);
  const name = change.newName === "" ? parts.name : change.newName;
  return `${name}${tag === "" ? "" : `:${tag}`}${digest === "" ? "" : `@${digest}`}`;
}

/** A new tag or digest replaces both; a suffix keeps the tag and drops the digest. */
function changedVersion(parts: ImageParts, { newTag, digest, tagSuffix }: ImageChange): Omit<ImageParts, "name"> {
  if (newTag !== "" || digest !== "") return { tag: newTag, digest };
  if (tagSuffix !== "") return { tag: parts.tag + tagSuffix, digest: "" };
  return { tag: parts.tag, digest: parts.digest };
}

/** Name, tag and digest; the colon before the first slash belongs to a port of the registry. */
function splitImage(image: string): ImageParts {
  const start = Math.max(image.indexOf("/"), 0);
  const at = image.indexOf("@", start);
  const colon = image.indexOf(":", start);
  const named = at === -1 ? image : image.slice(0, at);
  const digest = at === -1 ? "" : image.slice(at + 1);
  if (colon === -1 || (at !== -1 && at < colon)) return { name: named, tag: "", digest };
  return { name: image.slice(0, colon), tag: named.slice(colon + 1), digest };
}
