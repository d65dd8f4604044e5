import { fieldOf, listOf } from "../../src/graphql/field-names.js";

test.each([
  ["Claim", "claim", "claims"],
  ["NewsStory", "newsStory", "newsStories"],
  ["Display", "display", "displays"],
  ["Speech", "speech", "speeches"],
])("fields that give a %s are called %s and %s", (name, one, many) => {
  expect([fieldOf({ name }), listOf({ name })]).toEqual([one, many]);
});
