import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  badOpenPsaAttribute,
  unknownOpenPsaElement,
  wrongArgumentCount,
} from "../../estate/diagnostics/open-psa-diagnostics.ts";
import type { Expression } from "./model.ts";
import { operatorArity } from "./operators.ts";
import type { XmlElement } from "./read-xml.ts";

/** Reads an expression; undefined when it cannot be read, with the reason among the diagnostics. */
export function readExpression(element: XmlElement, diagnostics: Diagnostic[]): Expression | undefined {
  switch (element.name) {
    case "float":
    case "int":
      return readNumber(element, diagnostics);
    case "bool":
    case "constant":
      return readBoolean(element, diagnostics);
    case "pi":
      return { kind: "number", value: Math.PI };
    case "system-mission-time":
      return { kind: "missionTime" };
    case "parameter": {
      const name = readName(element, diagnostics);
      return name === undefined ? undefined : { kind: "parameter", name, place: element.place };
    }
    default:
      return readOperation(element, diagnostics);
  }
}

/** The attribute `name` of an element. */
export function readName(element: XmlElement, diagnostics: Diagnostic[]): string | undefined {
  const name = element.attributes["name"]?.trim();
  if (name !== undefined && name !== "") return name;
  const parameters = { element: element.name, attribute: "name", value: undefined, wanted: "a name" };
  diagnostics.push(diagnose(badOpenPsaAttribute, parameters, { place: element.place }));
  return undefined;
}

function readNumber(element: XmlElement, diagnostics: Diagnostic[]): Expression | undefined {
  const text = element.attributes["value"]?.trim();
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  const isRight = element.name === "int" ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (isRight) return { kind: "number", value };
  const wanted = element.name === "int" ? "a whole number" : "a number";
  const parameters = { element: element.name, attribute: "value", value: text, wanted };
  diagnostics.push(diagnose(badOpenPsaAttribute, parameters, { place: element.place }));
  return undefined;
}

function readBoolean(element: XmlElement, diagnostics: Diagnostic[]): Expression | undefined {
  const value = readTruth(element, diagnostics);
  return value === undefined ? undefined : { kind: "number", value: value ? 1 : 0 };
}

/** The attribute `value` of a Boolean element. */
export function readTruth(element: XmlElement, diagnostics: Diagnostic[]): boolean | undefined {
  const text = element.attributes["value"]?.trim();
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  const parameters = { element: element.name, attribute: "value", value: text, wanted: '"true" or "false"' };
  diagnostics.push(diagnose(badOpenPsaAttribute, parameters, { place: element.place }));
  return undefined;
}

function readOperation(element: XmlElement, diagnostics: Diagnostic[]): Expression | undefined {
  const { name, children, place } = element;
  const arity = operatorArity(name);
  if (arity === undefined) {
    diagnostics.push(diagnose(unknownOpenPsaElement, { element: name, where: "an expression" }, { place }));
    return undefined;
  }
  const operands = children.map((child) => readExpression(child, diagnostics));
  if (operands.includes(undefined)) return undefined;
  if (children.length < arity.minimum || children.length > arity.maximum) {
    const wanted = wordsOf(arity);
    diagnostics.push(diagnose(wrongArgumentCount, { element: name, count: children.length, wanted }, { place }));
    return undefined;
  }
  return {
    kind: "operation",
    operator: name,
    arguments: operands.filter((operand) => operand !== undefined),
    place,
  };
}

function wordsOf({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }): string {
  if (minimum === maximum) return minimum === 1 ? "one argument" : `${minimum} arguments`;
  return maximum === Number.POSITIVE_INFINITY ? `at least ${minimum} arguments` : `${minimum} to ${maximum} arguments`;
}
