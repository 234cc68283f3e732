import { pulumiClass } from "../../../catalog/pulumi-classes.ts";
import type { RepositoryFile } from "../../repository/repository-file.ts";
import type { ResourceGraph, ResourceKey } from "../graph/resource-graph.ts";
import { byKey, parametersOf } from "../graph/resource-value.ts";
import { subscriptionParameter } from "../graph/subscriptions.ts";
import { firstPools } from "../service-operator/first-pool.ts";
import { constantNames } from "./constant-names.ts";
import { neededBy, type ProgramFile, programFiles } from "./program-order.ts";
import { referenceText } from "./provider-properties.ts";
import { type ProgramNames, providerName, resourceStatement } from "./resource-statement.ts";

const FOLDER = "infra/pulumi";

/** Of the stack's configuration: what has to be there, and what is kept encrypted. */
const REQUIRED = "require";
const SECRET = "requireSecret";

/** Versions that the program is written for and checked against. */
const packages = { "@pulumi/pulumi": "3.270.0", "@pulumi/azure-native": "3.28.0" } as const;

/**
 * A Pulumi program in TypeScript: a file for each part, and one provider for each subscription. Parameters are the
 * stack's configuration, secrets among them.
 */
export function pulumiFiles(whole: ResourceGraph): readonly RepositoryFile[] {
  const graph = { resources: whole.resources.filter(({ type }) => pulumiClass(type) !== undefined) };
  const pools = firstPools(graph);
  const within = new Map([...pools].map(([cluster, { key }]) => [key, cluster]));
  const known = byKey(graph.resources);
  const constants = constantNames(graph);
  const names: ProgramNames = {
    known,
    constants,
    pools,
    reference: (reference) => referenceText(reference, known, constants),
    parameter: ({ $parameter, secure }) => `config.${secure ? SECRET : REQUIRED}(${JSON.stringify($parameter)})`,
  };
  const files = programFiles(graph, within);
  const tells = "Estate/cloud";
  const subscriptions = [...new Set(graph.resources.map(({ subscription }) => subscription))].sort();
  return [
    { path: `${FOLDER}/Pulumi.yaml`, text: projectText, tells },
    { path: `${FOLDER}/package.json`, text: `${JSON.stringify(packageJson, null, 2)}\n`, tells },
    { path: `${FOLDER}/tsconfig.json`, text: `${JSON.stringify(tsconfig, null, 2)}\n`, tells },
    { path: `${FOLDER}/subscriptions.ts`, text: subscriptionsText(subscriptions), tells },
    { path: `${FOLDER}/index.ts`, text: files.map(({ name }) => `import "./${name}";\n`).join(""), tells },
    ...files.map((file) => ({
      path: `${FOLDER}/${file.name}.ts`,
      text: fileText(file, files, names, within),
      tells: file.resources[0]?.tells ?? tells,
    })),
  ];
}

function fileText(
  file: ProgramFile,
  files: readonly ProgramFile[],
  names: ProgramNames,
  within: ReadonlyMap<ResourceKey, ResourceKey>,
): string {
  const { known, constants, pools } = names;
  const inside = file.resources.flatMap(({ key }) => pools.get(key) ?? []);
  const all = [...file.resources, ...inside];
  const own = new Set(all.map(({ key }) => key));
  const needed = new Set(all.flatMap((each) => neededBy(each, known, within)).filter((key) => !own.has(key)));
  const imports = files.flatMap(({ name, resources }) => {
    const constantsOf = resources.flatMap(({ key }) => (needed.has(key) ? (constants.get(key) ?? []) : []));
    return constantsOf.length === 0 ? [] : [`import { ${constantsOf.sort().join(", ")} } from "./${name}";\n`];
  });
  const providers = [...new Set(file.resources.map(({ subscription }) => providerName(subscription)))].sort();
  const statements = file.resources.map((resource) => {
    const of = pulumiClass(resource.type);
    return of === undefined ? "" : resourceStatement(resource, of, names);
  });
  const body = statements.join("\n");
  const isConfigured = all.flatMap(parametersOf).length > 0;
  const usesPulumi = body.includes("pulumi.interpolate") || isConfigured;
  return [
    ...(usesPulumi ? ['import * as pulumi from "@pulumi/pulumi";\n'] : []),
    'import * as azure from "@pulumi/azure-native";\n',
    `import { ${providers.join(", ")} } from "./subscriptions";\n`,
    ...imports,
    ...(isConfigured ? ["\nconst config = new pulumi.Config();\n"] : []),
    "\n",
    body,
  ].join("");
}

function subscriptionsText(subscriptions: readonly string[]): string {
  const providers = subscriptions.map((subscription) => {
    const id = JSON.stringify(subscriptionParameter(subscription));
    return `\nexport const ${providerName(subscription)} = new azure.Provider(${JSON.stringify(subscription)}, {\n  subscriptionId: config.${REQUIRED}(${id}),\n});\n`;
  });
  return [
    'import * as pulumi from "@pulumi/pulumi";\n',
    'import * as azure from "@pulumi/azure-native";\n',
    "\nconst config = new pulumi.Config();\n",
    ...providers,
  ].join("");
}

const projectText = "name: estate\nruntime: nodejs\ndescription: The cloud side of the estate\nmain: index.ts\n";

const packageJson = {
  name: "estate",
  private: true,
  dependencies: packages,
  devDependencies: { "@types/node": "24.19.2", typescript: "6.0.3" },
};

const tsconfig = {
  compilerOptions: {
    strict: true,
    target: "es2022",
    module: "commonjs",
    moduleResolution: "node10",
    ignoreDeprecations: "6.0",
    skipLibCheck: true,
    types: ["node"],
    outDir: "bin",
  },
};
