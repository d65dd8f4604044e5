import { type Entity, type Input, Recorder } from "./recorder.js";

// On no day is an actor part of itself, by way of others.

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

const by = ({ id }: Entity) => ({ id });
const partOf = (whole: Entity, dates: Input = {}) => ({ role: "PART_OF", actor: by(whole), ...dates });
const actor = (name: string) => recorder.actor({ name });

/** The id of the only affiliation that an actor has. */
async function affiliationOf({ id }: Entity): Promise<string> {
  const query = "query ($id: ID!) { actor(id: $id) { affiliations { id } } }";
  const { data } = await recorder.app.ask(query, { id });
  const [affiliation] = (data as unknown as { actor: { affiliations: Entity[] } }).actor.affiliations;
  return affiliation!.id;
}

describe("circles of affiliations", () => {
  const add = (part: Entity, whole: Entity, dates: Input = {}) =>
    ["addAffiliation", { actor: part.id, affiliation: partOf(whole, dates) }] as const;
  const CIRCLE = [
    expect.stringMatching(
      /^INVALID input\.affiliation: An actor would be part of itself, .*must not overlap\.$/,
    ),
  ];

  test.each<[string, Input, Input, boolean]>([
    ["end and begin on one day", { to: "2000-05-04" }, { from: "2000-05-04" }, true],
    ["end on the day before", { to: "2000-05-03" }, { from: "2000-05-04" }, false],
    ["end at some time of the year in which the other begins", { to: "2000" }, { from: "2000-06" }, true],
    ["end in the year before", { to: "1999" }, { from: "2000" }, false],
    ["begin at an unknown time", { to: "1999" }, {}, true],
    ["begin at a time that is open", { to: "1999" }, { from: "../2005" }, true],
    ["end at a time that is open", { to: "1999/.." }, { from: "2005" }, true],
    ["lie within the other", { from: "1990", to: "2010" }, { from: "2000", to: "2001" }, true],
    ["lie before and after", { from: "1990", to: "1992" }, { from: "2000", to: "2001" }, false],
  ])("whose dates %s: %j, %j, refused: %s", async (_, first, second, refused) => {
    const [one, other] = [await actor("One"), await actor("Other")];
    await recorder.done(...add(one, other, first));
    if (refused) expect(await recorder.refused(...add(other, one, second))).toEqual(CIRCLE);
    else await recorder.done(...add(other, one, second));
  });

  test("of three are refused when all of them have a day in common", async () => {
    const [one, two, three] = [await actor("One"), await actor("Two"), await actor("Three")];
    await recorder.done(...add(one, two, { from: "1990", to: "2000" }));
    await recorder.done(...add(two, three, { from: "1995", to: "2005" }));
    // Each two overlap, but not all three.
    await recorder.done(...add(three, one, { from: "2001", to: "2010" }));
    expect(await recorder.refused(...add(three, one, { from: "2000", to: "2010" }))).toEqual(CIRCLE);
    // Only what an actor is part of makes a circle.
    const affiliation = { role: "ALLY", actor: by(one), from: "2000" };
    await recorder.done("addAffiliation", { actor: three.id, affiliation });
  });

  test("are refused when dates or a role are changed", async () => {
    const [one, other] = [await actor("One"), await actor("Other")];
    await recorder.done(...add(one, other, { to: "1999" }));
    await recorder.done(...add(other, one, { from: "2000" }));
    const id = await affiliationOf(other);
    for (const affiliation of [{ from: "1999" }, { from: null }]) {
      expect(await recorder.refused("updateAffiliation", { id, affiliation })).toEqual(CIRCLE);
    }
    const ally = await recorder.actor({ affiliations: [{ role: "ALLY", actor: by(one) }] });
    await recorder.done(...add(one, ally));
    const joined = { id: await affiliationOf(ally), affiliation: { role: "PART_OF" } };
    expect(await recorder.refused("updateAffiliation", joined)).toEqual(CIRCLE);
  });
});
