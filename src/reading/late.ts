import type { Sql } from "sql-template-tag";

/**
 * A value of a statement that is not known when the statement is written, but each time it is run: what a variable
 * of the operation is then. So one statement, once written, serves every id and every cursor.
 */
export class Late<T> {
  /** @param find the value, out of the variables of one request @throws BAD_USER_INPUT when it cannot be used */
  constructor(private readonly find: (variables: Variables, known: Known) => T) {}

  /** The value in one request. @param known what is known already: several values are made of one, which is found once */
  read(variables: Variables, known: Known): T {
    if (!known.has(this)) known.set(this, this.find(variables, known));
    return known.get(this) as T;
  }

  /** What is made of the value, as late. */
  map<Other>(make: (value: T) => Other): Late<Other> {
    return new Late((variables, known) => make(this.read(variables, known)));
  }
}

type Known = Map<Late<unknown>, unknown>;

type Variables = Readonly<Record<string, unknown>>;

/** Makes something of a value, at once or when it is known. */
export const later = <T, Other>(value: T | Late<T>, make: (value: T) => Other): Other | Late<Other> =>
  value instanceof Late ? value.map(make) : make(value);

/** The values with which to run a statement this time. */
export function known(values: readonly unknown[], variables: Variables): unknown[] {
  const known: Known = new Map();
  return values.map((value) => (value instanceof Late ? value.read(variables, known) : value));
}

/** A value on which the best plan does not depend: where in its order a page begins or ends. */
export class Bound {
  constructor(readonly value: string | Late<string>) {}
}

/**
 * A value that a statement of its own finds first, each time. What is found within the statement itself is not known
 * yet when that is planned: for a list of keys, PostgreSQL then reckons with ten of middling frequency.
 */
export class Found {
  /** @param statement gives the value as PostgreSQL writes it; one plan is good for all of its values */
  constructor(readonly statement: Sql) {}
}
