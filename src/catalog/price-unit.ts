/** A unit of measure of the price list (`1 Hour`, `1/Month`, `1 GB`, `10K`) as the unit of a price in USD. */
export function priceUnit(unitOfMeasure: string): string {
  const single = /^1[ /](\S.*)$/.exec(unitOfMeasure)?.[1];
  if (single === undefined) return `USD per ${unitOfMeasure}`;
  const [thing = "", ...per] = single.split("/");
  return ["USD", lowerTime(thing), ...per.map(lowerTime)].join("/");
}

function lowerTime(word: string): string {
  return word.replace(/\b(Hour|Month|Day|Second)\b/g, (time) => time.toLowerCase());
}
