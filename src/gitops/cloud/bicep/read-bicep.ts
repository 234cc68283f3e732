import type { RepositoryFile } from "../../repository/repository-file.ts";
import { hoistChildren, type ReadGraph, type ReadingProblem } from "../graph/graph-reading.ts";
import type {
  CloudResource,
  ResourceIdentity,
  ResourceKey,
  ResourceReference,
  ResourceValue,
} from "../graph/resource-graph.ts";
import { isChildType, parameterName, resourceGroupType, resourceKey } from "../graph/resource-value.ts";
import { subscriptionParameter } from "../graph/subscriptions.ts";
import { literalOf, parseBicep } from "./parse-bicep.ts";
import { BicepSyntaxError, type Expression, type Position, type Statement } from "./syntax.ts";

type Files = readonly Pick<RepositoryFile, "path" | "text">[];
type Body = Extract<Expression, { kind: "object" }>;
type Declared = Extract<Statement, { kind: "resource" }>;

interface MainFile {
  readonly folder: string;
  readonly path: string;
  readonly subscription: string;
  readonly statements: readonly Statement[];
}

/** Where a module is deployed to, and by whom. */
interface Scope {
  readonly file: string;
  readonly subscription: string;
  readonly part: string;
  /** Subscription of the group. */
  readonly groupSubscription: string;
  readonly group: ResourceKey | undefined;
  /** Explicit order between modules. */
  readonly after: readonly string[];
  readonly subscriptions: ReadonlyMap<string, string>;
}

/** The graph that written Bicep files say. What cannot be read is told with its line and left out. */
export function readBicep(files: Files): ReadGraph {
  const problems: ReadingProblem[] = [];
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const mains = files.flatMap(({ path, text }) => {
    if (!path.endsWith("/main.bicep")) return [];
    const statements = attempt(path, problems, () => parseBicep(text));
    return statements === undefined ? [] : [mainFile(path, statements)];
  });
  const subscriptions = new Map(mains.map(({ subscription }) => [subscriptionParameter(subscription), subscription]));
  const resources = mains.flatMap((main) => readMain(main, texts, subscriptions, problems));
  const { resources: hoisted, ownedTwice } = hoistChildren(resources);
  problems.push(...ownedTwice.map((key) => ({ file: "", line: 1, column: 1, problem: `${key} is written twice` })));
  return { graph: { resources: hoisted }, problems };
}

function mainFile(path: string, statements: readonly Statement[]): MainFile {
  const named = statements.find((statement) => statement.kind === "output" && statement.name === "subscription");
  const subscription = named?.kind === "output" ? literalOf(named.value) : undefined;
  const folder = path.slice(0, -"/main.bicep".length);
  return { folder, path, subscription: subscription ?? folder.slice(folder.lastIndexOf("/") + 1), statements };
}

function readMain(
  main: MainFile,
  texts: ReadonlyMap<string, string>,
  subscriptions: ReadonlyMap<string, string>,
  problems: ReadingProblem[],
): readonly CloudResource[] {
  const { subscription, path, statements } = main;
  const scope: Scope = {
    file: path,
    subscription,
    part: "main",
    groupSubscription: subscription,
    group: undefined,
    after: [],
    subscriptions,
  };
  const groups = attempt(path, problems, () => readStatements(statements, scope)) ?? [];
  const symbols = new Map(
    statements.flatMap((statement) => {
      if (statement.kind !== "resource") return [];
      const name = literalOf(entryOf(statement.body, "name")) ?? "";
      return [[statement.symbol, resourceKey({ type: resourceGroupType, name, subscription })]];
    }),
  );
  const modules = statements.flatMap((statement) => {
    if (statement.kind !== "module") return [];
    return (
      attempt(path, problems, () => readModule(statement, { main, symbols, texts, subscriptions, problems })) ?? []
    );
  });
  return [...groups, ...modules];
}

function readModule(
  statement: Extract<Statement, { kind: "module" }>,
  given: {
    readonly main: MainFile;
    readonly symbols: ReadonlyMap<string, ResourceKey>;
    readonly texts: ReadonlyMap<string, string>;
    readonly subscriptions: ReadonlyMap<string, string>;
    readonly problems: ReadingProblem[];
  },
): readonly CloudResource[] {
  const { main, symbols, texts, subscriptions, problems } = given;
  const file = `${main.folder}/${statement.path}`;
  const text = texts.get(file);
  if (text === undefined) throw new BicepSyntaxError(`there is no file ${statement.path}`, statement.at);
  const at = entryOf(statement.body, "scope");
  const group = at?.kind === "name" ? symbols.get(at.name) : groupFromCall(at, main.subscription, subscriptions);
  if (group === undefined) throw new BicepSyntaxError("the scope is no resource group", statement.at);
  const scope: Scope = {
    file,
    subscription: main.subscription,
    part: literalOf(entryOf(statement.body, "name")) ?? "",
    groupSubscription:
      group === symbols.get(at?.kind === "name" ? at.name : "")
        ? main.subscription
        : callSubscription(at, main.subscription, subscriptions),
    group,
    after: [],
    subscriptions,
  };
  return attempt(file, problems, () => readStatements(parseBicep(text), scope)) ?? [];
}

/** `resourceGroup('name')` and `resourceGroup(subscriptionId, 'name')`. */
function groupFromCall(
  expression: Expression | undefined,
  own: string,
  subscriptions: ReadonlyMap<string, string>,
): ResourceKey | undefined {
  if (expression?.kind !== "call" || expression.name !== "resourceGroup") return undefined;
  const name = literalOf(expression.values.at(-1));
  if (name === undefined) return undefined;
  const subscription = callSubscription(expression, own, subscriptions);
  return resourceKey({ type: resourceGroupType, name, subscription });
}

function callSubscription(
  expression: Expression | undefined,
  own: string,
  subscriptions: ReadonlyMap<string, string>,
): string {
  if (expression?.kind !== "call") return own;
  const [first] = expression.values;
  if (first?.kind !== "name") return own;
  const subscription = subscriptions.get(first.name);
  if (subscription === undefined) throw new BicepSyntaxError(`no subscription is given by ${first.name}`, first.at);
  return subscription;
}

/** What a symbol stands for, before values are read. */
interface Known {
  readonly key: ResourceKey;
  readonly type: string;
}

function readStatements(statements: readonly Statement[], scope: Scope): readonly CloudResource[] {
  const declared = new Map(
    statements.flatMap((statement) => (statement.kind === "resource" ? [[statement.symbol, statement]] : [])),
  );
  const parameters = new Map(
    statements.flatMap((statement) => (statement.kind === "param" ? [[statement.name, statement.secure]] : [])),
  );
  const known = new Map<string, Known>();
  for (const symbol of declared.keys()) identify(symbol, declared, scope, known, 0);
  return [...declared.values()].flatMap((statement) =>
    statement.existing ? [] : [readResource(statement, { scope, known, parameters })],
  );
}

function identify(
  symbol: string,
  declared: ReadonlyMap<string, Declared>,
  scope: Scope,
  known: Map<string, Known>,
  depth: number,
): Known | undefined {
  const found = known.get(symbol);
  const statement = declared.get(symbol);
  if (found !== undefined || statement === undefined) return found;
  if (depth > 16) throw new BicepSyntaxError("parents go round", statement.at);
  const type = typeOf(statement);
  const name = nameOf(statement.body);
  if (name === undefined) throw new BicepSyntaxError("a name is a plain text or a parameter", statement.at);
  const above = entryOf(statement.body, "parent") ?? entryOf(statement.body, "scope");
  const parent = above?.kind === "name" ? identify(above.name, declared, scope, known, depth + 1) : undefined;
  if (above?.kind === "name" && parent === undefined)
    throw new BicepSyntaxError(`${above.name} is not known`, above.at);
  const isGroup = type === resourceGroupType;
  const subscription = isGroup
    ? callSubscription(above, scope.groupSubscription, scope.subscriptions)
    : scope.subscription;
  const resourceGroup = isGroup
    ? undefined
    : (groupFromCall(above, scope.groupSubscription, scope.subscriptions) ?? scope.group);
  const key = resourceKey({ type, name, parent, resourceGroup, subscription });
  known.set(symbol, { key, type });
  return { key, type };
}

function nameOf(body: Body): string | undefined {
  const name = entryOf(body, "name");
  return name?.kind === "name" ? parameterName({ $parameter: name.name, secure: false }) : literalOf(name);
}

function typeOf({ type }: Declared): string {
  return type.slice(0, type.lastIndexOf("@"));
}

interface Reading {
  readonly scope: Scope;
  readonly known: ReadonlyMap<string, Known>;
  readonly parameters: ReadonlyMap<string, boolean>;
}

const readFields = new Set([
  "name",
  "parent",
  "scope",
  "location",
  "kind",
  "sku",
  "zones",
  "tags",
  "identity",
  "properties",
  "dependsOn",
]);

function readResource(statement: Declared, reading: Reading): CloudResource {
  const { scope, known } = reading;
  const { body, symbol } = statement;
  for (const { key } of body.entries) {
    if (typeof key !== "string" || !readFields.has(key)) {
      throw new BicepSyntaxError(`${typeof key === "string" ? key : "this"} is no field of a resource`, statement.at);
    }
  }
  const own = known.get(symbol);
  const above = entryOf(body, "parent") ?? entryOf(body, "scope");
  const parent = above?.kind === "name" ? known.get(above.name) : undefined;
  const type = typeOf(statement);
  const field = (name: string): ResourceValue | undefined => {
    const expression = entryOf(body, name);
    return expression === undefined ? undefined : resourceValue(expression, reading);
  };
  const isExtension = parent !== undefined && !isChildType(type, parent.type);
  if (parent !== undefined && (entryOf(body, "scope") !== undefined) !== isExtension) {
    throw new BicepSyntaxError("a child has a parent, an extension a scope", statement.at);
  }
  const after = dependencies(entryOf(body, "dependsOn"), reading);
  return {
    key: own?.key ?? "",
    type,
    name: nameOf(body) ?? "",
    parent: parent?.key,
    resourceGroup: parent === undefined && type !== resourceGroupType ? scope.group : undefined,
    subscription: scope.subscription,
    part: scope.part,
    location: field("location") as string | undefined,
    ...optional("kind", field("kind")),
    ...optional("sku", field("sku")),
    ...optional("identity", identityOf(entryOf(body, "identity"), reading)),
    ...optional("zones", field("zones")),
    ...optional("tags", field("tags")),
    properties: (field("properties") ?? {}) as CloudResource["properties"],
    ...(after.length === 0 ? {} : { dependsOn: after }),
    tells: "",
  } as CloudResource;
}

function optional(name: string, value: unknown): { readonly [name: string]: unknown } {
  return value === undefined ? {} : { [name]: value };
}

function dependencies(expression: Expression | undefined, { known }: Reading): readonly ResourceKey[] {
  if (expression?.kind !== "list") return [];
  return expression.items
    .map((item) => {
      const target = item.kind === "name" ? known.get(item.name) : undefined;
      if (target === undefined) throw new BicepSyntaxError("what it depends on is not known", item.at);
      return target.key;
    })
    .toSorted();
}

/** The map of identities as a list of references. */
function identityOf(expression: Expression | undefined, reading: Reading): ResourceIdentity | undefined {
  if (expression?.kind !== "object") return undefined;
  const type = literalOf(entryOf(expression, "type")) ?? "";
  const assigned = entryOf(expression, "userAssignedIdentities");
  if (assigned?.kind !== "object") return { type };
  const userAssignedIdentities = assigned.entries.map(({ key }) => {
    const piece = typeof key === "string" ? undefined : key.kind === "text" ? key.pieces[0] : undefined;
    if (piece === undefined || typeof piece === "string") {
      throw new BicepSyntaxError("an identity is named by its id", assigned.at);
    }
    return resourceValue(piece, reading) as ResourceReference;
  });
  return { type, userAssignedIdentities };
}

function resourceValue(expression: Expression, reading: Reading): ResourceValue {
  switch (expression.kind) {
    case "number":
    case "word":
      return expression.value;
    case "list":
      return expression.items.map((item) => resourceValue(item, reading));
    case "object":
      return Object.fromEntries(
        expression.entries.map(({ key, value }) => {
          if (typeof key !== "string") throw new BicepSyntaxError("the name of a property is a plain text", value.at);
          return [key, resourceValue(value, reading)];
        }),
      );
    case "name":
      return parameterOf(expression.name, expression.at, reading);
    case "access":
      return referenceOf(expression, reading);
    case "call":
      return numberOf(expression);
    case "text":
      return textOf(expression, reading);
  }
}

function parameterOf(name: string, at: Position, { parameters }: Reading): ResourceValue {
  const secure = parameters.get(name);
  if (secure === undefined) throw new BicepSyntaxError(`${name} is not declared`, at);
  return { $parameter: name, secure };
}

function referenceOf(
  { name, path, at }: Extract<Expression, { kind: "access" }>,
  { known }: Reading,
): ResourceReference {
  const target = known.get(name);
  if (target === undefined) throw new BicepSyntaxError(`${name} is not declared`, at);
  return path === "id" ? { $ref: target.key } : { $ref: target.key, output: path };
}

/** Numbers that are not whole are written as `json('1.5')`. */
function numberOf({ name, values, at }: Extract<Expression, { kind: "call" }>): number {
  const value = name === "json" ? Number(literalOf(values[0])) : Number.NaN;
  if (Number.isNaN(value)) throw new BicepSyntaxError(`${name} is no function that is written here`, at);
  return value;
}

function textOf({ pieces }: Extract<Expression, { kind: "text" }>, reading: Reading): ResourceValue {
  const [first, ...others] = pieces;
  if (others.length === 0 && typeof first === "string") return first;
  return {
    $text: pieces.map((piece) => {
      if (typeof piece === "string") return piece;
      return resourceValue(piece, reading) as ResourceReference;
    }),
  };
}

function entryOf(body: Body, name: string): Expression | undefined {
  return body.entries.find(({ key }) => key === name)?.value;
}

/** Runs a reading; a problem is kept with its place. */
function attempt<Result>(file: string, problems: ReadingProblem[], read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BicepSyntaxError)) throw error;
    problems.push({ file, ...error.position, problem: error.message });
    return undefined;
  }
}
