import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import {
  cyclicOpenPsaDefinition,
  impossibleExpression,
  undefinedOpenPsaName,
} from "../../estate/diagnostics/open-psa-diagnostics.ts";
import type { Expression, ParameterDefinition } from "./model.ts";
import { applyOperator } from "./operators.ts";
import { ScopedNames } from "./scoped-names.ts";

/** Values of expressions: each parameter is computed once, and its problems are told once. */
export class ExpressionEvaluator {
  readonly diagnostics: Diagnostic[] = [];
  readonly #parameters: ScopedNames<ParameterDefinition>;
  readonly #unreadable: ReadonlySet<string>;
  readonly #missionTimeHours: number;
  readonly #values = new Map<string, number | undefined>();
  readonly #open: string[] = [];

  constructor(
    parameters: ReadonlyMap<string, ParameterDefinition>,
    unreadable: ReadonlySet<string>,
    missionTimeHours: number,
  ) {
    this.#parameters = new ScopedNames(parameters);
    this.#unreadable = unreadable;
    this.#missionTimeHours = missionTimeHours;
  }

  /** The value; undefined when it has none, with the reason among the diagnostics. */
  evaluate(expression: Expression, scope: readonly string[]): number | undefined {
    switch (expression.kind) {
      case "number":
        return expression.value;
      case "missionTime":
        return this.#missionTimeHours;
      case "parameter":
        return this.#parameter(expression, scope);
      case "operation": {
        const values: number[] = [];
        for (const argument of expression.arguments) {
          const value = this.evaluate(argument, scope);
          if (value === undefined) return undefined;
          values.push(value);
        }
        const result = applyOperator(expression.operator, values);
        if (typeof result === "number") return result;
        const parameters = { operator: expression.operator, fault: result };
        this.diagnostics.push(diagnose(impossibleExpression, parameters, { place: expression.place }));
        return undefined;
      }
    }
  }

  #parameter(
    { name, place }: Extract<Expression, { readonly kind: "parameter" }>,
    scope: readonly string[],
  ): number | undefined {
    const definition = this.#parameters.find(name, scope);
    if (definition === undefined) {
      if (this.#unreadable.has(name)) return undefined;
      const suggestion = nearestName(name, this.#parameters.names);
      this.diagnostics.push(diagnose(undefinedOpenPsaName, { name, what: "parameter", suggestion }, { place }));
      return undefined;
    }
    if (this.#values.has(definition.name)) return this.#values.get(definition.name);
    const start = this.#open.indexOf(definition.name);
    if (start >= 0) {
      const path = [...this.#open.slice(start), definition.name];
      this.diagnostics.push(diagnose(cyclicOpenPsaDefinition, { path }, { place: definition.place }));
      return undefined;
    }
    this.#open.push(definition.name);
    const value = this.evaluate(definition.expression, definition.scope);
    this.#open.pop();
    this.#values.set(definition.name, value);
    return value;
  }
}
