import { TypeID } from "typeid-js";

/** The public form of a key, by the library that defines it. */
export const encodeId = (prefix: string, uuid: string): string => TypeID.fromUUID(prefix, uuid).toString();
