import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { badOpenPsaAttribute, impossibleCommonCause } from "../../estate/diagnostics/open-psa-diagnostics.ts";
import type { CommonCauseGroup, CommonCauseModel, Expression } from "./model.ts";
import { readExpression, readName } from "./read-expression.ts";
import type { XmlElement } from "./read-xml.ts";

const models: readonly CommonCauseModel[] = ["beta-factor", "MGL", "alpha-factor", "phi-factor"];

/** Level of the first factor of each model, where levels are not written. */
const firstLevel: { readonly [model in CommonCauseModel]: number } = {
  "beta-factor": 2,
  MGL: 2,
  "alpha-factor": 1,
  "phi-factor": 1,
};

/** Reads `define-CCF-group`; undefined when it cannot be used, with the reason among the diagnostics. */
export function readCommonCauseGroup(
  element: XmlElement,
  definition: Pick<CommonCauseGroup, "name" | "scope" | "label" | "place">,
  diagnostics: Diagnostic[],
): CommonCauseGroup | undefined {
  const model = readModel(element, diagnostics);
  const before = diagnostics.length;
  const part = (name: string) => element.children.find((child) => child.name === name);
  const members = (part("members")?.children ?? []).flatMap((member) => {
    const name = readName(member, diagnostics);
    return name === undefined ? [] : [{ name, place: member.place }];
  });
  const [content] = part("distribution")?.children ?? [];
  const distribution = content && readExpression(content, diagnostics);
  const factors = model && readFactors(element, model, diagnostics);
  if (diagnostics.length > before || model === undefined || factors === undefined) return undefined;
  const fault =
    members.length < 2
      ? "it needs two members or more"
      : new Set(members.map(({ name }) => name)).size < members.length
        ? "a member stands in it twice"
        : distribution === undefined
          ? "it has no distribution"
          : factors.size === 0
            ? "it has no factors"
            : undefined;
  if (fault === undefined && distribution !== undefined)
    return { ...definition, model, members, distribution, factors };
  const parameters = { group: definition.name, fault: fault ?? "it has no distribution" };
  diagnostics.push(diagnose(impossibleCommonCause, parameters, { place: element.place }));
  return undefined;
}

function readModel(element: XmlElement, diagnostics: Diagnostic[]): CommonCauseModel | undefined {
  const text = element.attributes["model"];
  const model = models.find((known) => known === text);
  if (model !== undefined) return model;
  const wanted = `one of ${models.join(", ")}`;
  const parameters = { element: element.name, attribute: "model", value: text, wanted };
  diagnostics.push(diagnose(badOpenPsaAttribute, parameters, { place: element.place }));
  return undefined;
}

/** Factors stand in the group or in its `factors`, in order of their level where that is not written. */
function readFactors(
  element: XmlElement,
  model: CommonCauseModel,
  diagnostics: Diagnostic[],
): ReadonlyMap<number, Expression> {
  const listed = element.children.flatMap((child) =>
    child.name === "factors" ? child.children : child.name === "factor" ? [child] : [],
  );
  const factors = new Map<number, Expression>();
  for (const [index, factor] of listed.entries()) {
    const text = factor.attributes["level"]?.trim();
    const level = text === undefined ? index + firstLevel[model] : /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN;
    const [content] = factor.children;
    const expression = content && readExpression(content, diagnostics);
    if (Number.isNaN(level) || factors.has(level)) {
      const wanted = "a level of its own from 1 on";
      const parameters = { element: factor.name, attribute: "level", value: text, wanted };
      diagnostics.push(diagnose(badOpenPsaAttribute, parameters, { place: factor.place }));
    } else if (expression !== undefined) {
      factors.set(level, expression);
    }
  }
  return factors;
}
