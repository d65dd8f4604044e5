import fc from "fast-check";
import { decodeId, decodeIdOf } from "../../src/graphql/id.js";
import { encodeId } from "../support/ids.js";

test("ids of the TypeID library are read", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.constantFrom("claim", "actor", "proposition"), (uuid, prefix) => {
      expect(decodeId(encodeId(prefix, uuid))).toEqual({ prefix, uuid });
    }),
  );
});

test.each([
  "",
  "claim",
  "claim_",
  "claim_01jt3v",
  "01936d2e-7a3b-7c4d-8e5f-0123456789ab",
  "claim_zzzzzzzzzzzzzzzzzzzzzzzzzz",
  "💥",
])("%j is refused as an id", (text) => {
  expect(() => decodeIdOf("claim", text)).toThrow(/is not an id|is the id of another type/);
});

test("an id of another type is refused, and the message says which is needed", () => {
  const actor = encodeId("actor", "01936d2e-7a3b-7c4d-8e5f-0123456789ab");
  expect(() => decodeIdOf("claim", actor)).toThrow("needed");
});
