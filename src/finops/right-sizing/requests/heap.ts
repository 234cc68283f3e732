import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";

/**
 * What decides how much memory a Java virtual machine takes. `fixed`: the largest heaps as the options state them, summed;
 * `followsLimit`: a share of the memory limit, so that lowering the limit shrinks the heap.
 */
export type JavaHeap = { readonly kind: "fixed"; readonly bytes: number } | { readonly kind: "followsLimit" };

const optionVariables = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JAVA_OPTS", "CATALINA_OPTS"];
const javaImage =
  /(^|[/:_-])(openjdk|temurin|corretto|zulu|jre|jdk|java|tomcat|wildfly|keycloak|kafka|cassandra|elasticsearch|opensearch|zookeeper|solr|activemq|jenkins)([-_:/@0-9]|$)/i;
const suffixes: { readonly [suffix: string]: number } = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** The heap of a workload's containers; undefined where none looks like a Java virtual machine. */
export function javaHeap({ containers }: Workload): JavaHeap | undefined {
  const heaps = containers
    .filter(({ role }) => role === "main" || role === "sidecar")
    .flatMap((container) => heapOf(container) ?? []);
  if (heaps.length === 0) return undefined;
  if (heaps.some(({ kind }) => kind === "followsLimit")) return { kind: "followsLimit" };
  return { kind: "fixed", bytes: heaps.reduce((sum, heap) => sum + (heap.kind === "fixed" ? heap.bytes : 0), 0) };
}

function heapOf(container: Container): JavaHeap | undefined {
  const words = [...optionsOf(container), ...commandOf(container)];
  const largest = words.flatMap((word) => sizeOf(word) ?? []).at(-1);
  if (largest !== undefined) return { kind: "fixed", bytes: largest };
  const isJava =
    words.some((word) => word === "java" || word.endsWith("/java") || word.startsWith("-XX:")) ||
    optionVariables.some((name) => variable(container, name) !== undefined) ||
    javaImage.test(container.image ?? "");
  return isJava ? { kind: "followsLimit" } : undefined;
}

/** Bytes of `-Xmx2g` or `-XX:MaxHeapSize=2g`. */
function sizeOf(word: string): number | undefined {
  const match = /^(?:-Xmx|-XX:MaxHeapSize=)(\d{1,12})([kmgt]?)$/i.exec(word);
  const factor = suffixes[(match?.[2] ?? "").toLowerCase()];
  return match?.[1] === undefined || factor === undefined ? undefined : Number(match[1]) * factor;
}

function optionsOf(container: Container): readonly string[] {
  return optionVariables.flatMap((name) => variable(container, name)?.split(/\s+/) ?? []);
}

function commandOf({ value }: Container): readonly string[] {
  return [...asList(value.command), ...asList(value.args)].flatMap((word) => asText(word)?.split(/\s+/) ?? []);
}

function variable({ value }: Container, name: string): string | undefined {
  const entry = asList(value.env)
    .map(asObject)
    .find((each) => each.name === name);
  return asText(entry?.value);
}
