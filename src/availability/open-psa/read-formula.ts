import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  badOpenPsaAttribute,
  unknownOpenPsaElement,
  wrongArgumentCount,
} from "../../estate/diagnostics/open-psa-diagnostics.ts";
import type { Connective, EventFormula } from "./model.ts";
import { readName, readTruth } from "./read-expression.ts";
import type { XmlElement } from "./read-xml.ts";

const connectives: { readonly [connective in Connective]: { readonly minimum: number; readonly maximum: number } } = {
  and: { minimum: 1, maximum: Number.POSITIVE_INFINITY },
  or: { minimum: 1, maximum: Number.POSITIVE_INFINITY },
  not: { minimum: 1, maximum: 1 },
  xor: { minimum: 2, maximum: Number.POSITIVE_INFINITY },
  iff: { minimum: 2, maximum: Number.POSITIVE_INFINITY },
  nand: { minimum: 1, maximum: Number.POSITIVE_INFINITY },
  nor: { minimum: 1, maximum: Number.POSITIVE_INFINITY },
  imply: { minimum: 2, maximum: 2 },
  atleast: { minimum: 1, maximum: Number.POSITIVE_INFINITY },
  cardinality: { minimum: 1, maximum: Number.POSITIVE_INFINITY },
};

function isConnective(name: string): name is Connective {
  return Object.hasOwn(connectives, name);
}

/** Reads a formula of any depth; undefined when it cannot be read, with the reason among the diagnostics. */
export function readFormula(element: XmlElement, diagnostics: Diagnostic[]): EventFormula | undefined {
  const { name, place } = element;
  switch (name) {
    case "event":
    case "gate":
    case "basic-event":
    case "house-event":
      return readReference(element, name, diagnostics);
    case "constant": {
      const value = readTruth(element, diagnostics);
      return value === undefined ? undefined : { kind: "constant", value };
    }
    default:
      if (isConnective(name)) return readConnective(element, name, diagnostics);
      diagnostics.push(diagnose(unknownOpenPsaElement, { element: name, where: "a formula" }, { place }));
      return undefined;
  }
}

function readReference(
  element: XmlElement,
  named: "event" | "gate" | "basic-event" | "house-event",
  diagnostics: Diagnostic[],
): EventFormula | undefined {
  const name = readName(element, diagnostics);
  if (name === undefined) return undefined;
  const stated = element.attributes["type"];
  const type = named === "event" && (stated === "gate" || stated === "basic-event" || stated === "house-event");
  return { kind: "reference", type: type ? stated : named, name, place: element.place };
}

function readConnective(
  element: XmlElement,
  connective: Connective,
  diagnostics: Diagnostic[],
): EventFormula | undefined {
  const { children, place } = element;
  const operands = children.map((child) => readFormula(child, diagnostics));
  const { minimum: fewest, maximum: most } = connectives[connective];
  if (children.length < fewest || children.length > most) {
    const wanted = fewest === most ? `exactly ${fewest}` : `at least ${fewest}`;
    diagnostics.push(diagnose(wrongArgumentCount, { element: connective, count: children.length, wanted }, { place }));
    return undefined;
  }
  const counts = connective === "atleast" || connective === "cardinality";
  const minimum = counts ? readBound(element, "min", children.length, diagnostics) : 0;
  const maximum = connective === "cardinality" ? readBound(element, "max", children.length, diagnostics) : 0;
  if (operands.includes(undefined) || minimum === undefined || maximum === undefined) return undefined;
  return {
    kind: "connective",
    connective,
    arguments: operands.filter((operand) => operand !== undefined),
    minimum,
    maximum,
  };
}

function readBound(
  element: XmlElement,
  attribute: "min" | "max",
  most: number,
  diagnostics: Diagnostic[],
): number | undefined {
  const text = element.attributes[attribute]?.trim();
  const value = text !== undefined && /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= most) return value;
  const wanted = `a whole number from 0 to ${most}`;
  const parameters = { element: element.name, attribute, value: text, wanted };
  diagnostics.push(diagnose(badOpenPsaAttribute, parameters, { place: element.place }));
  return undefined;
}
