declare const each: unique symbol;

/**
 * UTF-8, one character for each byte (what Web IDL calls a ByteString). A string lies on the heap of JavaScript, where
 * one that is short-lived costs little to give up; buffers of the size of an answer lie outside, and so many a second
 * had the garbage collector at work all the time.
 */
export type ByteString = string & { readonly [each]: "byte" };

/** The bytes from `start` until `end`. */
export const byteString = (bytes: Buffer, start?: number, end?: number): ByteString =>
  bytes.toString("latin1", start, end) as ByteString;

/** The text that the bytes are. */
export const textOf = (bytes: ByteString): string => Buffer.from(bytes, "latin1").toString();
