const formats = new Map<string, Intl.NumberFormat>();

/** An amount without cents, with the currency's sign: `€1,235`; small amounts keep two digits. */
export function wholeMoney(amount: number, currency: string): string {
  const digits = amount !== 0 && Math.abs(amount) < 10 ? 2 : 0;
  return formatOf(currency, digits).format(amount);
}

/** An amount to the cent: `€1,234.56`. */
export function exactMoney(amount: number, currency: string): string {
  return formatOf(currency, 2).format(amount);
}

function formatOf(currency: string, digits: number): Intl.NumberFormat {
  const key = `${currency} ${digits}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  // Anything but three letters would throw; the report may hold a currency as a person wrote it.
  const style = /^[A-Z]{3}$/.test(currency)
    ? ({ style: "currency", currency, currencyDisplay: "narrowSymbol" } as const)
    : {};
  const format = new Intl.NumberFormat("en-US", {
    ...style,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formats.set(key, format);
  return format;
}
