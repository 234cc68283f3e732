export type ParameterValue = string | number | boolean;

/** Values by name, complete: a rule finds each of its parameters here. */
export type ParameterValues = { readonly [name: string]: ParameterValue };

/** Something about a rule that profiles and the Estate may set, such as a threshold that is a matter of taste. */
export interface RuleParameter {
  /** camelCase, with its unit. */
  readonly name: string;
  /** What it decides, one sentence. */
  readonly description: string;
  /** Its type is the type of every value. */
  readonly default: ParameterValue;
  /** Value under profile `strict`; the default where left out. */
  readonly strict?: ParameterValue;
  /** All values that mean something; any of the default's type where left out. */
  readonly allowed?: readonly ParameterValue[];
}
