import { type CloudType, cloudType, cloudTypes } from "../../../catalog/cloud-fields.ts";
import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { type ReadGraph, type ReadingProblem, sortedByKey } from "../graph/graph-reading.ts";
import type {
  CloudResource,
  ResourceIdentity,
  ResourceKey,
  ResourceReference,
  ResourceValue,
} from "../graph/resource-graph.ts";
import { isPlainObject, isReference, parameterName, resourceGroupType, resourceKey } from "../graph/resource-value.ts";
import { subscriptionParameter } from "../graph/subscriptions.ts";
import { decodeFields } from "./decode-fields.ts";
import { snake } from "./print-hcl.ts";
import { templatePieces } from "./read-template.ts";

/** A file of Terraform as hcl2json gives it. */
export interface HclFile {
  readonly path: string;
  readonly json: JsonObject;
}

interface Entry {
  readonly file: string;
  readonly type: string;
  readonly label: string;
  readonly body: JsonObject;
  readonly arm: string | undefined;
  readonly fields: CloudType | undefined;
}

interface Module {
  readonly subscription: string;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly secure: ReadonlyMap<string, boolean>;
  readonly subscriptions: ReadonlyMap<string, string>;
  /** Ids of what other modules write and this one reads, by the label of its data source. */
  readonly read: ReadonlyMap<string, string>;
  /** Keys of the resource groups that another module makes, by name: those are written as plain texts. */
  readonly groups: ReadonlyMap<string, ResourceKey>;
}

class TerraformReadingError extends Error {}

const ownTypes = new Map(
  cloudTypes().flatMap(([arm, fields]) =>
    fields.terraform === null || fields.fold !== undefined ? [] : [[fields.terraform, arm]],
  ),
);

/** The graph that written files of Terraform say; what cannot be read is told and left out. */
export function readTerraform(files: readonly HclFile[]): ReadGraph {
  const problems: ReadingProblem[] = [];
  const byFolder = Map.groupBy(files, ({ path }) => path.slice(0, path.lastIndexOf("/")));
  const named = [...byFolder].map(([folder, members]) => ({ members, subscription: subscriptionOf(folder, members) }));
  const subscriptions = new Map(
    named.map(({ subscription }) => [snake(subscriptionParameter(subscription)), subscription]),
  );
  const groups = new Map(named.flatMap(({ members, subscription }) => groupsIn(members, subscription)));
  const resources = named.flatMap(({ members, subscription }) => {
    const [entries, read, secure] = [entriesOf(members), readIdsOf(members), variablesOf(members)];
    const module: Module = { subscription, entries, read, secure, subscriptions, groups };
    return readModule(module, problems);
  });
  return { graph: { resources: sortedByKey(resources) }, problems };
}

function groupsIn(files: readonly HclFile[], subscription: string): readonly (readonly [string, ResourceKey])[] {
  return files
    .flatMap(({ json }) => Object.values(asObject(asObject(json["resource"])["azurerm_resource_group"])))
    .map((bodies) => literal(asText(asObject(asList(bodies)[0])["name"]) ?? ""))
    .map((name) => [name, resourceKey({ type: resourceGroupType, name, subscription })]);
}

function subscriptionOf(folder: string, files: readonly HclFile[]): string {
  for (const { json } of files) {
    const output = asObject(asList(asObject(json["output"])["subscription"])[0]);
    const value = asText(output["value"]);
    if (value !== undefined) return literal(value);
  }
  return folder.slice(folder.lastIndexOf("/") + 1);
}

function literal(text: string): string {
  return templatePieces(text)
    .map((piece) => (typeof piece === "string" ? piece : ""))
    .join("");
}

function entriesOf(files: readonly HclFile[]): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { path, json } of files) {
    for (const [type, labels] of Object.entries(asObject(json["resource"]))) {
      for (const [label, bodies] of Object.entries(asObject(labels))) {
        const body = asObject(asList(bodies)[0]);
        const arm = type === "azapi_resource" ? asText(body["type"])?.split("@")[0] : ownTypes.get(type);
        const fields = type === "azapi_resource" || arm === undefined ? undefined : cloudType(arm);
        entries.set(`${type}.${label}`, { file: path, type, label, body, arm, fields });
      }
    }
  }
  return entries;
}

function readIdsOf(files: readonly HclFile[]): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap(({ json }) =>
      Object.entries(asObject(asObject(json["data"])["azapi_resource"])).map(([label, bodies]) => [
        label,
        asText(asObject(asList(bodies)[0])["resource_id"]) ?? "",
      ]),
    ),
  );
}

function variablesOf(files: readonly HclFile[]): ReadonlyMap<string, boolean> {
  return new Map(
    files.flatMap(({ json }) =>
      Object.entries(asObject(json["variable"])).map(([name, bodies]) => [
        name,
        asObject(asList(bodies)[0])["sensitive"] === true,
      ]),
    ),
  );
}

function readModule(module: Module, problems: ReadingProblem[]): readonly CloudResource[] {
  const reader = new ModuleReader(module);
  const resources = new Map<ResourceKey, CloudResource>();
  const attempt = (file: string, read: () => void): void => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof TerraformReadingError)) throw error;
      problems.push({ file, line: 1, column: 1, problem: error.message });
    }
  };
  const associations: Entry[] = [];
  for (const entry of module.entries.values()) {
    if (entry.arm === undefined) {
      associations.push(entry);
      continue;
    }
    attempt(entry.file, () => {
      for (const resource of reader.resources(entry)) resources.set(resource.key, resource);
    });
  }
  for (const entry of associations) attempt(entry.file, () => reader.associate(entry, resources));
  return [...resources.values()];
}

class ModuleReader {
  readonly #module: Module;

  constructor(module: Module) {
    this.#module = module;
  }

  /** A resource with what is folded into it. */
  resources(entry: Entry): readonly CloudResource[] {
    return entry.fields === undefined ? [this.#azapi(entry)] : this.#own(entry, entry.fields);
  }

  #own(entry: Entry, fields: CloudType): readonly CloudResource[] {
    const { body, arm = "" } = entry;
    const place = this.#place(entry, 0);
    const values = decodeFields(body, fields.fields, (value) => this.#value(value));
    const { properties, ...rest } = values;
    const resource = this.#resource(entry, {
      ...place,
      type: arm,
      content: { ...rest, properties: properties ?? {} },
      location: asText(body["location"]),
      tags: body["tags"],
      after: fields.after === undefined ? body["depends_on"] : body[fields.after],
    });
    return [...this.#silent(resource, fields), resource, ...this.#folded(resource, entry)];
  }

  /** What azurerm makes by itself on the way to a resource. */
  #silent(resource: CloudResource, { above }: CloudType): readonly CloudResource[] {
    if (above === undefined || resource.parent === undefined) return [];
    const [type, name] = above;
    const parentKey = resource.parent.split("/").slice(0, -2).join("/");
    const parentType = type.slice(0, type.lastIndexOf("/"));
    const { subscription, part } = resource;
    const parent = { key: parentKey, type: parentType };
    return [
      {
        key: resourceKey({ type, name, parent, subscription }),
        type,
        name,
        parent: parentKey,
        resourceGroup: undefined,
        subscription,
        part,
        location: undefined,
        properties: {},
        tells: "",
      },
    ];
  }

  #folded(owner: CloudResource, entry: Entry): readonly CloudResource[] {
    const below = cloudTypes().filter(([type]) => type.slice(0, type.lastIndexOf("/")) === owner.type);
    return below.flatMap(([type, fields]) => {
      const { inline, fold } = fields;
      const inside = inline === undefined ? [] : asList(entry.body[inline.block]);
      const pools = inside.map((block) =>
        this.#child(
          owner,
          type,
          asObject(block),
          { fields: inline?.fields ?? [], name: inline?.name, fixed: undefined },
          inline?.defaults,
        ),
      );
      const blocks =
        fold?.blocks === undefined
          ? asList(fold?.block === undefined ? [] : entry.body[fold.block]).map((block) =>
              this.#child(
                owner,
                type,
                asObject(block),
                { fields: fields.fields, name: fold?.name, fixed: undefined },
                undefined,
              ),
            )
          : Object.entries(fold.blocks).flatMap(([name, block]) =>
              asList(entry.body[block]).map((found) =>
                this.#child(
                  owner,
                  type,
                  asObject(found),
                  { fields: fields.fields, name: undefined, fixed: name },
                  undefined,
                ),
              ),
            );
      return [...pools, ...blocks];
    });
  }

  #child(
    owner: CloudResource,
    type: string,
    block: JsonObject,
    how: {
      readonly fields: CloudType["fields"];
      readonly name: string | undefined;
      readonly fixed: string | undefined;
    },
    defaults: { readonly [path: string]: ResourceValue } | undefined,
  ): CloudResource {
    const name = how.fixed ?? literal(asText(block[how.name ?? ""]) ?? "");
    const values = decodeFields(block, how.fields, (value) => this.#value(value));
    const given = isPlainObject(values["properties"]) ? values["properties"] : {};
    const mode = defaults?.["properties.mode"];
    const { subscription, part } = owner;
    return {
      key: resourceKey({ type, name, parent: owner, subscription }),
      type,
      name,
      parent: owner.key,
      resourceGroup: undefined,
      subscription,
      part,
      location: how.name === "location" ? name : undefined,
      properties: mode === undefined ? given : { ...given, mode },
      tells: "",
    };
  }

  #azapi(entry: Entry): CloudResource {
    const { body, arm = "" } = entry;
    const content = this.#value(body["body"] ?? {});
    const identity = asObject(asList(body["identity"])[0]);
    const type = asText(identity["type"]);
    const ids = asList(identity["identity_ids"]);
    const given: ResourceIdentity | undefined =
      type === undefined
        ? undefined
        : {
            type,
            ...(ids.length === 0
              ? {}
              : { userAssignedIdentities: ids.map((id) => this.#value(id) as ResourceReference) }),
          };
    return this.#resource(entry, {
      ...this.#place(entry, 0),
      type: arm,
      content: {
        ...(isPlainObject(content) ? content : {}),
        ...(given === undefined ? {} : { identity: { ...given } }),
      },
      location: asText(body["location"]),
      tags: body["tags"],
      after: body["depends_on"],
    });
  }

  #resource(
    entry: Entry,
    given: {
      readonly key: ResourceKey;
      readonly type: string;
      readonly parent: ResourceKey | undefined;
      readonly resourceGroup: ResourceKey | undefined;
      readonly content: { readonly [name: string]: ResourceValue };
      readonly location: string | undefined;
      readonly tags: unknown;
      readonly after: unknown;
    },
  ): CloudResource {
    const { key, type, parent, resourceGroup, content, location, tags } = given;
    const { properties, ...rest } = content;
    const after = asList(given.after).flatMap((text) => this.#address(String(text)) ?? []);
    const file = entry.file.slice(entry.file.lastIndexOf("/") + 1, -".tf".length);
    return {
      key,
      type,
      name: this.#name(entry),
      parent,
      resourceGroup,
      subscription: this.#module.subscription,
      part: type === resourceGroupType ? "main" : file,
      location: location === undefined ? undefined : literal(location),
      ...rest,
      ...(tags === undefined ? {} : { tags: this.#value(tags) as { readonly [name: string]: string } }),
      properties: isPlainObject(properties) ? properties : {},
      ...(after.length === 0 ? {} : { dependsOn: after.toSorted() }),
      tells: "",
    };
  }

  /** `${azurerm_x.label}` and `${azurerm_x.label.id}` as the key of what they name; undefined for what ties others together. */
  #address(text: string): ResourceKey | undefined {
    const match = /^\$\{([A-Za-z_]\w*\.\w+)(?:\.id)?\}$/.exec(text);
    const entry = this.#module.entries.get(match?.[1] ?? "");
    if (entry === undefined) throw new TerraformReadingError(`${text} names no resource`);
    return entry.arm === undefined ? undefined : this.#place(entry, 0).key;
  }

  #place(
    entry: Entry,
    depth: number,
  ): {
    readonly key: ResourceKey;
    readonly type: string;
    readonly parent: ResourceKey | undefined;
    readonly resourceGroup: ResourceKey | undefined;
  } {
    if (depth > 16) throw new TerraformReadingError(`${entry.label} is below itself`);
    const { arm: type = "", body, fields } = entry;
    const name = this.#name(entry);
    const { subscription } = this.#module;
    if (type === resourceGroupType) {
      const key = resourceKey({ type, name, subscription });
      return { key, type, parent: undefined, resourceGroup: undefined };
    }
    const above = this.#parent(entry, fields, depth);
    const isGroup = above?.type === resourceGroupType;
    const parent = isGroup ? undefined : above;
    const group = isGroup ? above.key : undefined;
    const resourceGroup = parent === undefined ? (group ?? this.#group(body, depth)) : undefined;
    const key = resourceKey({ type, name, parent, resourceGroup, subscription });
    return { key, type, parent: parent?.key, resourceGroup };
  }

  #name({ body, fields }: Entry): string {
    const text = asText(body[fields?.name ?? "name"]) ?? "";
    const variable = /^\$\{var\.(\w+)\}$/.exec(text)?.[1];
    return variable === undefined ? literal(text) : parameterName({ $parameter: camelCase(variable), secure: false });
  }

  #group(body: JsonObject, depth: number): ResourceKey | undefined {
    const text = asText(body["resource_group_name"]) ?? "";
    const entry = this.#module.entries.get(/^\$\{(azurerm_resource_group\.\w+)\.name\}$/.exec(text)?.[1] ?? "");
    return entry === undefined ? this.#module.groups.get(literal(text)) : this.#place(entry, depth + 1).key;
  }

  #parent(
    entry: Entry,
    fields: CloudType | undefined,
    depth: number,
  ): { readonly key: ResourceKey; readonly type: string } | undefined {
    const argument = entry.type === "azapi_resource" ? "parent_id" : fields?.parent?.[0];
    const text = argument === undefined ? undefined : asText(entry.body[argument]);
    if (text === undefined) return undefined;
    const [first, second, ...others] = templatePieces(text);
    if (typeof first === "object" && others.length === 0) {
      const owner = this.#module.entries.get(first.expression.split(".").slice(0, 2).join("."));
      if (owner === undefined) throw new TerraformReadingError(`${first.expression} names no resource`);
      const { key, type } = this.#place(owner, depth + 1);
      const found = { key, type };
      const middle =
        typeof second === "string" ? second.split("/").filter((part) => part !== "") : (fields?.above ?? []);
      const [below, name] = middle;
      if (below === undefined || name === undefined) return found;
      const belowType = below.includes("/") ? below : `${found.type}/${below}`;
      const { subscription } = this.#module;
      return { key: resourceKey({ type: belowType, name, parent: found, subscription }), type: belowType };
    }
    const foreign = this.#foreign(text);
    if (foreign === undefined) throw new TerraformReadingError(`${text} is no parent`);
    return foreign;
  }

  /** `/subscriptions/${var.x}/resourceGroups/…` as a key. */
  #foreign(text: string): { readonly key: ResourceKey; readonly type: string } | undefined {
    const [before, variable, rest] = templatePieces(text);
    if (before !== "/subscriptions/" || typeof variable !== "object" || typeof rest !== "string") return undefined;
    const subscription = this.#module.subscriptions.get(variable.expression.replace(/^var\./, ""));
    if (subscription === undefined) return undefined;
    const segments = rest.split("/").filter((segment) => segment !== "");
    const groupName = segments[1] ?? "";
    let current = {
      key: resourceKey({ type: resourceGroupType, name: groupName, subscription }),
      type: resourceGroupType,
    };
    const group = current.key;
    let parent: typeof current | undefined;
    for (let index = 2; index < segments.length; ) {
      const isNew = segments[index] === "providers";
      const type = isNew
        ? `${segments[index + 1] ?? ""}/${segments[index + 2] ?? ""}`
        : `${current.type}/${segments[index] ?? ""}`;
      const name = segments[index + (isNew ? 3 : 1)] ?? "";
      const resourceGroup = parent === undefined ? group : undefined;
      current = { key: resourceKey({ type, name, parent, resourceGroup, subscription }), type };
      parent = current;
      index += isNew ? 4 : 2;
    }
    return current;
  }

  #value(value: unknown): ResourceValue {
    if (typeof value === "string") return this.#text(value);
    if (Array.isArray(value)) return value.map((item: unknown) => this.#value(item));
    if (typeof value !== "object" || value === null) return value as number | boolean | null;
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [literal(name), this.#value(entry)]));
  }

  #text(text: string): ResourceValue {
    const foreign = this.#foreign(text);
    if (foreign !== undefined) return { $ref: foreign.key };
    const pieces = templatePieces(text);
    const [first, ...others] = pieces;
    if (others.length === 0) return typeof first === "object" ? this.#expression(first.expression) : (first ?? "");
    return {
      $text: pieces.map((piece) =>
        typeof piece === "string" ? piece : (this.#expression(piece.expression) as ResourceReference),
      ),
    };
  }

  #expression(expression: string): ResourceValue {
    if (expression.startsWith("var.")) return this.#variable(expression.slice(4));
    if (expression.startsWith("data.")) return this.#readOutput(expression);
    const [type = "", label = "", ...rest] = expression.split(".");
    const entry = this.#module.entries.get(`${type}.${label}`);
    if (entry === undefined) throw new TerraformReadingError(`${expression} names no resource`);
    const { key } = this.#place(entry, 0);
    const path = rest.join(".");
    if (entry.fields === undefined) {
      if (path === "id") return { $ref: key };
      return { $ref: key, output: path.replace(/^output\./, "") };
    }
    const output = Object.entries(entry.fields.outputs ?? {}).find(([, name]) => name === path)?.[0];
    if (output !== undefined) return { $ref: key, output };
    if (path === "id") return { $ref: key };
    if (path === "name") return { $ref: key, output: "name" };
    throw new TerraformReadingError(`nothing is known of ${expression}`);
  }

  /** `data.azapi_resource.x.output.properties.principalId` */
  #readOutput(expression: string): ResourceReference {
    const [, , label = "", , ...output] = expression.split(".");
    const foreign = this.#foreign(this.#module.read.get(label) ?? "");
    if (foreign === undefined) throw new TerraformReadingError(`${expression} reads nothing that is known`);
    return { $ref: foreign.key, output: output.join(".") };
  }

  #variable(name: string): ResourceValue {
    const secure = this.#module.secure.get(name);
    if (secure === undefined) throw new TerraformReadingError(`variable ${name} is not declared`);
    return { $parameter: camelCase(name), secure };
  }

  /** A resource that ties two others together says a field of one of them. */
  associate({ type, body }: Entry, resources: Map<ResourceKey, CloudResource>): void {
    for (const [arm, { fields }] of cloudTypes()) {
      for (const [path, argument, conversion] of fields) {
        const [, resource, self = ""] = conversion?.split(":") ?? [];
        if (resource !== type) continue;
        const key = this.#value(body[self]);
        const owner = isReference(key) ? resources.get(key.$ref) : undefined;
        if (owner === undefined || owner.type !== arm) throw new TerraformReadingError(`${type} ties nothing together`);
        resources.set(owner.key, withField(owner, path, this.#value(body[argument])));
        return;
      }
    }
    throw new TerraformReadingError(`${type} is no resource that is written`);
  }
}

/** `properties.natGateway.id`, and `properties.publicIpAddresses[].id` for one more of them. */
function withField(resource: CloudResource, path: string, value: ResourceValue): CloudResource {
  const [, name = "", field = ""] = path.split(".");
  const list = name.endsWith("[]");
  const plain = list ? name.slice(0, -2) : name;
  const before = resource.properties[plain];
  const item = { [field]: value };
  const next: ResourceValue = list
    ? [...(Array.isArray(before) ? (before as readonly ResourceValue[]) : []), item]
    : item;
  return { ...resource, properties: { ...resource.properties, [plain]: next } };
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
