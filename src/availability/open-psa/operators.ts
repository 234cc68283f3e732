/** How many arguments an operator takes. */
interface Arity {
  readonly minimum: number;
  readonly maximum: number;
}

interface Operator extends Arity {
  /** Value of the arguments' values; a text says why there is none. */
  readonly apply: (values: readonly number[]) => number | string;
}

const many = Number.POSITIVE_INFINITY;

function fixed(count: number, apply: Operator["apply"]): Operator {
  return { minimum: count, maximum: count, apply };
}

function of(minimum: number, apply: Operator["apply"]): Operator {
  return { minimum, maximum: many, apply };
}

function unary(apply: (value: number) => number): Operator {
  return fixed(1, ([value = 0]) => apply(value));
}

function compare(holds: (left: number, right: number) => boolean): Operator {
  return fixed(2, ([left = 0, right = 0]) => Number(holds(left, right)));
}

/** 1 - e^(-rate time), exact also where it is tiny. */
function exponential(rate: number, time: number): number {
  return -Math.expm1(-rate * time);
}

/**
 * Operators of expressions by element name. Built-in distributions are those of the Open-PSA Model Exchange Format 2.0;
 * a random deviate has the value of its mean.
 */
const operators: { readonly [name: string]: Operator } = {
  neg: unary((value) => -value),
  add: of(1, (values) => values.reduce((sum, value) => sum + value, 0)),
  sub: of(1, ([first = 0, ...others]) => others.reduce((difference, value) => difference - value, first)),
  mul: of(1, (values) => values.reduce((product, value) => product * value, 1)),
  div: of(2, ([first = 0, ...others]) =>
    others.includes(0) ? "it divides by 0" : others.reduce((quotient, value) => quotient / value, first),
  ),
  abs: unary(Math.abs),
  acos: unary(Math.acos),
  asin: unary(Math.asin),
  atan: unary(Math.atan),
  cos: unary(Math.cos),
  cosh: unary(Math.cosh),
  exp: unary(Math.exp),
  log: unary(Math.log),
  log10: unary(Math.log10),
  sin: unary(Math.sin),
  sinh: unary(Math.sinh),
  tan: unary(Math.tan),
  tanh: unary(Math.tanh),
  sqrt: unary(Math.sqrt),
  ceil: unary(Math.ceil),
  floor: unary(Math.floor),
  mod: fixed(2, ([left = 0, right = 0]) => (right === 0 ? "it divides by 0" : left % right)),
  pow: fixed(2, ([base = 0, exponent = 0]) => base ** exponent),
  min: of(1, (values) => values.reduce((least, value) => Math.min(least, value))),
  max: of(1, (values) => values.reduce((most, value) => Math.max(most, value))),
  mean: of(1, (values) => values.reduce((sum, value) => sum + value, 0) / values.length),
  not: unary((value) => Number(value === 0)),
  and: of(1, (values) => Number(values.every((value) => value !== 0))),
  or: of(1, (values) => Number(values.some((value) => value !== 0))),
  eq: compare((left, right) => left === right),
  df: compare((left, right) => left !== right),
  lt: compare((left, right) => left < right),
  gt: compare((left, right) => left > right),
  leq: compare((left, right) => left <= right),
  geq: compare((left, right) => left >= right),
  ite: fixed(3, ([condition = 0, then = 0, otherwise = 0]) => (condition === 0 ? otherwise : then)),
  exponential: fixed(2, ([rate = 0, time = 0]) =>
    rate < 0 || time < 0 ? "rate and time may not be negative" : exponential(rate, time),
  ),
  GLM: fixed(4, generalLinear),
  Weibull: fixed(4, ([scale = 0, shape = 0, start = 0, time = 0]) => {
    if (scale <= 0 || shape <= 0) return "scale and shape must be above 0";
    return time <= start ? 0 : -Math.expm1(-(((time - start) / scale) ** shape));
  }),
  "periodic-test": { minimum: 4, maximum: 5, apply: periodicTest },
  "uniform-deviate": fixed(2, ([low = 0, high = 0]) =>
    low >= high ? "its lower end is not below its upper end" : (low + high) / 2,
  ),
  "normal-deviate": fixed(2, ([mean = 0, deviation = 0]) =>
    deviation <= 0 ? "its standard deviation is not above 0" : mean,
  ),
  "lognormal-deviate": { minimum: 2, maximum: 3, apply: lognormal },
  "gamma-deviate": fixed(2, ([shape = 0, scale = 0]) =>
    shape <= 0 || scale <= 0 ? "shape and scale must be above 0" : shape * scale,
  ),
  "beta-deviate": fixed(2, ([alpha = 0, beta = 0]) =>
    alpha <= 0 || beta <= 0 ? "its parameters must be above 0" : alpha / (alpha + beta),
  ),
};

/** Undefined for an operator that is not known. */
export function operatorArity(name: string): Arity | undefined {
  return Object.hasOwn(operators, name) ? operators[name] : undefined;
}

/** The value, or why there is none. */
export function applyOperator(name: string, values: readonly number[]): number | string {
  const value = operators[name]?.apply(values) ?? "it is not known";
  return typeof value === "number" && !Number.isFinite(value) ? "the result is not a number" : value;
}

/** Failure on demand gamma, rate lambda, repair rate mu: (lambda - (lambda - gamma r) e^(-r t)) / r, r = lambda + mu. */
function generalLinear([gamma = 0, lambda = 0, mu = 0, time = 0]: readonly number[]): number | string {
  const rate = lambda + mu;
  if (lambda < 0 || mu < 0 || time < 0 || gamma < 0 || gamma > 1) return "its parameters are out of range";
  if (rate === 0) return gamma;
  return (lambda * -Math.expm1(-rate * time)) / rate + gamma * Math.exp(-rate * time);
}

/** Mean and error factor at a confidence level; or mu and sigma of the logarithm. */
function lognormal(values: readonly number[]): number | string {
  const [first = 0, second = 0] = values;
  if (second <= 0) return "its error factor or deviation is not above 0";
  if (values.length === 3) return first;
  return Math.exp(first + (second * second) / 2);
}

/**
 * Arguments lambda, tau, theta, time: a component that is tested, and made as new, at theta and every tau from then on.
 * With a repair rate mu as second argument it may still be under repair.
 */
function periodicTest(values: readonly number[]): number | string {
  if (values.some((value) => value < 0)) return "its parameters may not be negative";
  const repaired = values.length === 5;
  const [lambda = 0, mu = 0, tau = 0, theta = 0, time = 0] = repaired
    ? values
    : [values[0] ?? 0, 0, ...values.slice(1)];
  if (tau <= 0) return "its time between tests is not above 0";
  if (time <= theta) return exponential(lambda, time);
  const sinceFirst = time - theta;
  const tests = Math.floor(sinceFirst / tau);
  const sinceLast = sinceFirst - tests * tau;
  if (!repaired) return exponential(lambda, sinceLast > 0 ? sinceLast : tau);
  let down = exponential(lambda, theta);
  for (let test = 0; test < tests && test < 100_000; test += 1) down = afterTest(down, lambda, mu, tau);
  return afterTest(down, lambda, mu, sinceLast);
}

/** Down at `time` after a test that found it down with the given probability and began the repair. */
function afterTest(down: number, lambda: number, mu: number, time: number): number {
  const failedAgain =
    lambda === mu
      ? 1 - (1 + lambda * time) * Math.exp(-lambda * time)
      : (lambda * exponential(mu, time) - mu * exponential(lambda, time)) / (lambda - mu);
  return down * (Math.exp(-mu * time) + failedAgain) + (1 - down) * exponential(lambda, time);
}
