interface Named {
  /** The name of an object type, such as NewsStory. */
  readonly name: string;
}

/** The name of a field that gives one of a type: `newsStory`. */
export const fieldOf = ({ name }: Named): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The name of a field that gives many of a type: `newsStories`. */
export const listOf = (type: Named): string => {
  const one = fieldOf(type);
  if (/[^aeiou]y$/.test(one)) return one.replace(/y$/, "ies");
  return /(s|x|z|ch|sh)$/.test(one) ? `${one}es` : `${one}s`;
};
