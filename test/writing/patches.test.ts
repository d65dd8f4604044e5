import fc from "fast-check";
import { applyPatch, createPatch, type Operation } from "rfc6902";

// What histories are made of: documents of lists, objects, texts of any script, numbers and nothing.

const key = fc.string({ unit: "grapheme", maxLength: 6 }).filter((name) => !(name in {}));
const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.constantFrom("/", "~", "~0~1", "-", "0", "", "\u{1F600}", "é", "é"),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small" }, leaf, tie("list"), tie("object")),
  list: fc.array(tie("value"), { maxLength: 6 }),
  object: fc.dictionary(key, tie("value"), { maxKeys: 5 }),
}));
const document = fc.dictionary(key, value, { maxKeys: 8 }).map(copy);

function copy<Value>(of: Value): Value {
  return JSON.parse(JSON.stringify(of));
}

/** Applies a patch after it has been stored and read again. */
function patched(before: unknown, patch: readonly Operation[]): unknown {
  const holder = { document: copy(before) };
  const inside = copy(patch).map((step) => ({ ...step, path: `/document${step.path}` }));
  expect(applyPatch(holder, inside as Operation[])).toEqual(inside.map(() => null));
  return holder.document;
}

test("a patch leads from one document to another, and its inverse back", () => {
  fc.assert(
    fc.property(document, document, (before, after) => {
      expect(patched(before, createPatch(before, after))).toEqual(after);
      expect(patched(after, createPatch(after, before))).toEqual(before);
    }),
    { numRuns: 500 },
  );
});

test("so it does between a document and one that was changed a little", () => {
  const parts = fc.uniqueArray(fc.record({ id: fc.nat(20), text: leaf }), {
    maxLength: 8,
    selector: ({ id }) => id,
  });
  fc.assert(
    fc.property(parts, fc.nat(), fc.nat(), leaf, (list, from, to, text) => {
      const before = copy({ list, text: "kept" });
      const moved = [...before.list];
      const [part] = moved.splice(from % Math.max(1, moved.length), 1);
      if (part) moved.splice(to % (moved.length + 1), 0, { ...part, text });
      const after = copy({ list: moved, text: "kept" });
      expect(patched(before, createPatch(before, after))).toEqual(after);
      expect(patched(after, createPatch(after, before))).toEqual(before);
    }),
    { numRuns: 500 },
  );
});

test("and from nothing to a document, and to nothing", () => {
  fc.assert(
    fc.property(document, (of) => {
      expect(patched(null, createPatch(null, of))).toEqual(of);
      expect(patched(of, createPatch(of, null))).toBeNull();
      expect(createPatch(of, copy(of))).toEqual([]);
    }),
  );
});
