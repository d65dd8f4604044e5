import fc from "fast-check";
import { TypeID } from "typeid-js";
import { decodeId, decodeIdOf, encodeId } from "../../src/graphql/id.js";

test("ids are those of the TypeID library, and come back as they went in", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.constantFrom("claim", "actor", "proposition"), (uuid, prefix) => {
      const id = encodeId(prefix, uuid);
      expect(id).toBe(TypeID.fromUUID(prefix, uuid).toString());
      expect(decodeId(id)).toEqual({ prefix, uuid });
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
