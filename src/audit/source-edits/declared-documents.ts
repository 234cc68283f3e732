import { asObject } from "../../estate/kubernetes/json-value.ts";
import type { ChangeTarget } from "../manifest-change.ts";
import type { SourceText } from "./source-text.ts";
import type { TextWorkspace } from "./text-workspace.ts";

/** A document of Scantling in its text. */
interface DeclaredDocument {
  readonly path: string;
  readonly source: SourceText;
  readonly document: number;
}

/** Finds a document by kind and name: where the finding points, else in any text. */
export function documentField(
  target: ChangeTarget,
  source: string,
  texts: ReadonlyMap<string, string>,
  workspace: TextWorkspace,
): DeclaredDocument | undefined {
  const others = [...texts]
    .filter(([path, text]) => path !== source && text.includes(target.name) && text.includes("scantling/"))
    .map(([path]) => path);
  for (const path of [source, ...others]) {
    const text = workspace.open(path);
    if (text === undefined) continue;
    for (let document = 0; document < text.documents; document += 1) {
      const value = asObject(text.valueNow(document));
      if (value.kind === target.kind && asObject(value.metadata).name === target.name) {
        return { path, source: text, document };
      }
    }
  }
  return undefined;
}
