import type { ComponentChildren } from "preact";
import { type Locale, useLocale } from "../locale.js";
import type { View } from "../page.js";

/** A page that is no record's: what went wrong, or signing in. */
function Plain({ title, text, children }: { title: string; text: string; children?: ComponentChildren }) {
  const { words, href } = useLocale();
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      {children}
      <p>
        <a href={href("/")}>{words.toStart}</a>
      </p>
    </>
  );
}

const unlisted = (title: string, text: string, children?: ComponentChildren): View => ({
  title,
  description: text,
  unlisted: true,
  body: (
    <Plain title={title} text={text}>
      {children}
    </Plain>
  ),
});

/** What pages say where they cannot show what was asked for. */
export type Trouble =
  | "notFound"
  | "unavailable"
  | "tooMuch"
  | "broken"
  | "badAddress"
  | "badQuestion"
  | "badForm"
  | "notFromHere";

/** A page for whoever cannot be shown what he asked for. `detail` is the id of a request, or what is wrong. */
export function troubleView(words: Locale["words"], trouble: Trouble, detail = ""): View {
  switch (trouble) {
    case "notFound":
      return unlisted(words.notFoundTitle, words.notFound);
    case "unavailable":
      return unlisted(words.unavailableTitle, words.unavailable);
    case "tooMuch":
      return unlisted(
        words.tooMuchTitle,
        words.tooMuch,
        <p class="note" lang="en">
          {detail}
        </p>,
      );
    case "badAddress":
      return unlisted(words.badAddressTitle, detail);
    case "badQuestion":
      return unlisted(
        words.badAddressTitle,
        words.badQuestion,
        <p class="note" lang="en">
          {detail}
        </p>,
      );
    case "badForm":
      return unlisted(words.brokenTitle, words.badForm);
    case "notFromHere":
      return unlisted(words.notFromHereTitle, words.notFromHere);
    case "broken":
      return unlisted(words.brokenTitle, words.broken, <p class="note">{detail}</p>);
  }
}

/** The page on which a key is given. `to` is where it leads on to. */
export const signInView = (
  { words, href }: Locale,
  { to, wrong, required }: { to: string; wrong?: boolean; required?: boolean },
): View =>
  unlisted(
    words.signInTitle,
    required ? words.onlyKeys : words.signInNote,
    <form class="sign-in" method="post" action={href("/sign-in")}>
      {wrong && (
        <p role="alert" class="wrong" id="wrong">
          {words.keyWrong}
        </p>
      )}
      <label for="key">{words.keyLabel}</label>
      <input
        id="key"
        name="key"
        type="password"
        autocomplete="current-password"
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={wrong ? "wrong" : undefined}
        required
      />
      <input type="hidden" name="to" value={to} />
      <button type="submit">{words.signIn}</button>
    </form>,
  );
