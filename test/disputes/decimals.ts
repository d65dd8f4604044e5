/** An exact decimal: the number times 10 to the power of 40. */
export type Decimal = bigint;

const PLACES = 40;

/** The decimal that a number is written as: 0.1 is a tenth, whatever its bits are. */
export function decimal(number: number): Decimal {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number)) ?? [];
  const shift = PLACES + Number(exponent) - fraction.length;
  if (sign === undefined || shift < 0) throw new Error(`${number} has too many places`);
  const absolute = BigInt(whole + fraction) * 10n ** BigInt(shift);
  return sign === "-" ? -absolute : absolute;
}

/** The closest number to a decimal. */
export function toNumber(value: Decimal): number {
  const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, "0");
  const text = `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
  return value < 0n ? -Number(text) : Number(text);
}

/** A tenth of the absolute value. */
export const tenthOf = (value: Decimal): Decimal => (value < 0n ? -value : value) / 10n;
