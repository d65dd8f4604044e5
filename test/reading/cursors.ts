import { createHash } from "node:crypto";

/** A cursor of this content, with a checksum that is right. */
export function sealed(content: string): string {
  const checksum = createHash("sha256").update(content).digest().subarray(0, 4);
  return Buffer.concat([checksum, Buffer.from(content)]).toString("base64");
}

/** The cursor of a row with these sort keys, in a list of a type in an order. */
export function encodeCursor(
  name: string,
  order: readonly { readonly field: string; readonly direction: string }[],
  keys: readonly unknown[],
): string {
  const terms = order.map(({ field, direction }) => `${field} ${direction}`).join(", ");
  return sealed(JSON.stringify([`${name}(${terms})`, ...keys]));
}
