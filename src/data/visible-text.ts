/** Text without what can't be seen, and cut between whole characters: for names that a reader, a link or a file gives. */

/** What takes room and shows nothing. */
const BLANK = /[\s\u2800\u3164\uffa0\u115f\u1160]+/gu;
/** Controls, marks of direction, soft hyphens, zero-width spaces, what is no character at all. */
const INVISIBLE = String.raw`[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]`;
/** Invisible by themselves; they shape what stands beside them. */
const SHAPING = String.raw`[\u200c\u200d\ufe00-\ufe0f\u180b-\u180d\u180f\u{e0020}-\u{e007f}\u{e0100}-\u{e01ef}]`;

/** Scripts in which a joiner or a non-joiner changes letters, or ends a part of a word. */
const JOINING = [
  ...['Arabic', 'Syriac', 'Nko', 'Adlam', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil'],
  ...['Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar', 'Tibetan', 'Balinese', 'Javanese'],
]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('');

/** Where they do shape something: each alternative is one place in which they stay. */
const SHAPES = [
  // Persian and Indian words: between two letters.
  String.raw`(?<=[${JOINING}])[\u200c\u200d](?=[${JOINING}])`,
  // Families and professions: between two pictures.
  String.raw`(?<=\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?)\u200d(?=\p{Extended_Pictographic})`,
  // A picture in colour or as a letter, a digit on a key.
  String.raw`(?<=\p{Emoji})[\ufe0e\ufe0f]`,
  // Forms of Chinese characters and of Mongolian letters.
  String.raw`(?<=\p{Script=Han})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]`,
  String.raw`(?<=\p{L})(?<=\p{Script=Mongolian})[\u180b-\u180d\u180f]`,
  // Flags of England, Scotland and Wales.
  String.raw`(?<=\u{1f3f4})[\u{e0020}-\u{e007e}]{2,6}\u{e007f}`,
];

const LOST = new RegExp(`(?!${SHAPING})${INVISIBLE}`, 'gu');
const KEPT_OR_LOST = new RegExp(`(${SHAPES.join('|')})|${SHAPING}`, 'gu');

/** The text without invisible characters, odd spaces as one plain one; joiners stay where they shape a word or a picture. */
export function visibleText(text: string): string {
  return text
    .replace(BLANK, ' ')
    .replace(LOST, '')
    .replace(KEPT_OR_LOST, (_, kept: string | undefined) => kept ?? '')
    .replace(/ +/g, ' ')
    .trim();
}

/** Undefined in browsers without it (Firefox before 125): code points are kept whole there. */
const segmenter =
  'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : undefined;

/** At most so many UTF-16 units, without a part of a character at the end: no half emoji, no letter without its accent. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  let end = 0;
  for (const character of charactersOf(text)) {
    if (end + character.length > length) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** As a reader counts them. */
function* charactersOf(text: string): Generator<string> {
  if (segmenter === undefined) yield* text;
  else for (const { segment } of segmenter.segment(text)) yield segment;
}
